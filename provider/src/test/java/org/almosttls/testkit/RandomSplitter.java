package org.almosttls.testkit;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.engine.PeerAlertException;

/** Cuts a stream into pieces, as networks do, and delivers them one at a time. */
public final class RandomSplitter {

    private final IntSupplier pieceLength;

    private RandomSplitter(IntSupplier pieceLength) {
        this.pieceLength = pieceLength;
    }

    public static RandomSplitter oneByteAtATime() {
        return new RandomSplitter(() -> 1);
    }

    /** Pieces of 1 to 600 octets, the same for the same seed. */
    public static RandomSplitter seeded(long seed) {
        var random = new Random(seed);
        return new RandomSplitter(() -> 1 + random.nextInt(600));
    }

    public void deliver(byte[] bytes, End to) throws TlsAlertException, PeerAlertException {
        int start = 0;
        while (start < bytes.length) {
            int end = Math.min(bytes.length, start + pieceLength.getAsInt());
            to.deliver(Arrays.copyOfRange(bytes, start, end));
            to.receive();
            start = end;
        }
    }

    /** A whole handshake in pieces. */
    public void handshake(ConnectionPair pair) throws TlsAlertException, PeerAlertException {
        while (true) {
            byte[] fromClient = pair.client().flush();
            deliver(fromClient, pair.server());
            byte[] fromServer = pair.server().flush();
            deliver(fromServer, pair.client());
            if (fromClient.length + fromServer.length == 0) return;
        }
    }
}
