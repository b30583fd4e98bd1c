package org.almosttls.agent.lab;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.registry.ContentType;

/** Mallory between one connection's ends: takes record after record off each side, and a tampering says what goes on. */
final class Middle implements Closeable {

    private final ServerSocket listening;
    private final int target;
    private final Tampering tampering;
    private final List<Passing> log = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private int bobsRecords;
    private boolean ended;

    /** @param target Alice's port */
    Middle(int target, Tampering tampering) throws IOException {
        this.target = target;
        this.tampering = tampering;
        this.listening = Loopback.listen();
        Loopback.inBackground("Mallory", this::connect);
    }

    /** Where Bob finds him, thinking that it is Alice. */
    int port() {
        return listening.getLocalPort();
    }

    /** All that has come so far, in order. */
    synchronized List<Passing> log() {
        return List.copyOf(log);
    }

    private void connect() throws IOException {
        var bob = listening.accept();
        var alice = open(bob);
        Loopback.inBackground("Mallory, from Alice", () -> pump(false, alice, bob));
        pump(true, bob, alice);
    }

    private Socket open(Socket bob) throws IOException {
        synchronized (this) {
            sockets.add(bob);
        }
        bob.setSoTimeout(Loopback.PATIENCE_MILLIS);
        var alice = Loopback.connect(target);
        synchronized (this) {
            sockets.add(alice);
        }
        return alice;
    }

    private void pump(boolean fromBob, Socket from, Socket to) throws IOException {
        try {
            var in = new DataInputStream(from.getInputStream());
            for (var next = WireRecord.read(fromBob, in); next.isPresent(); next = WireRecord.read(fromBob, in))
                take(next.get(), new Moment(from, to));
        } finally {
            finish(to);
        }
    }

    private synchronized void take(WireRecord record, Moment moment) throws IOException {
        boolean counts = record.fromBob() && record.is(ContentType.APPLICATION_DATA);
        if (counts) bobsRecords++;
        tampering.on(counts ? bobsRecords : 0, record, moment);
        log.add(new Passing(record, List.copyOf(moment.passed), List.copyOf(moment.reflected)));
    }

    private static void finish(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException gone) {
            // Who is gone needs no FIN.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        listening.close();
        for (var socket : sockets) socket.close();
    }

    /** What can be done while one record is in hand. */
    private final class Moment implements Tampering.Wire {

        private final Socket from;
        private final Socket to;
        private final List<WireRecord> passed = new ArrayList<>();
        private final List<WireRecord> reflected = new ArrayList<>();

        Moment(Socket from, Socket to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void pass(WireRecord record) {
            if (ended) return;
            passed.add(record);
            write(to, record);
        }

        @Override
        public void reflect(WireRecord record) {
            reflected.add(record);
            write(from, record);
        }

        /** Whoever is gone gets nothing; what the other still sends is taken all the same, so that he can go in peace. */
        private void write(Socket socket, WireRecord record) {
            try {
                socket.getOutputStream().write(record.bytes());
            } catch (IOException gone) {
                finish(socket);
            }
        }

        @Override
        public WireRecord earlier(int number) {
            return log.stream()
                    .map(Passing::seen)
                    .filter(each -> each.fromBob() && each.is(ContentType.APPLICATION_DATA))
                    .skip(number - 1L)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void end() {
            ended = true;
            finish(from);
            finish(to);
        }
    }
}
