package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocket;

/**
 * Which servers speak TLS. Who is not known is asked before the application's own connection, on one that is ours: what
 * has been used for a ClientHello is of no use to a peer that wants plaintext, and a server that serves one client at a
 * time would not come to the question later. Who has answered in TLS is not asked again; other answers hold for a while.
 */
final class KnownPeers {

    private static final int MOST = 1024;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Tls tls;
    private final LongSupplier nanoTime;
    private final int patienceMillis;
    private final Map<InetSocketAddress, Answer> answers = new LinkedHashMap<>();

    private record Answer(Kind kind, long since) {

        boolean holds(long now) {
            return kind == Kind.TLS || now - since < kind.lifeNanos;
        }
    }

    /** What a peer has made of a ClientHello. */
    private enum Kind {
        TLS(0),
        PLAINTEXT(10),
        /** It may be slow, or wait for the end of a line. */
        SILENT(10);

        private final long lifeNanos;

        Kind(long minutes) {
            this.lifeNanos = TimeUnit.MINUTES.toNanos(minutes);
        }
    }

    /** @param nanoTime that of {@code System} */
    KnownPeers(Tls tls, LongSupplier nanoTime) {
        this(tls, nanoTime, PATIENCE_MILLIS);
    }

    /** @param patienceMillis how long a peer may take to answer */
    KnownPeers(Tls tls, LongSupplier nanoTime, int patienceMillis) {
        this.tls = tls;
        this.nanoTime = nanoTime;
        this.patienceMillis = patienceMillis;
    }

    boolean speaksTls(InetSocketAddress peer) {
        synchronized (answers) {
            Answer known = answers.get(peer);
            return known != null && known.kind == Kind.TLS;
        }
    }

    /**
     * Before the application connects to it. Threads that do so at one time ask each by itself.
     *
     * @param millis how long the application would wait for its connection, 0 for ever
     */
    void meet(InetSocketAddress peer, int millis) {
        long now = nanoTime.getAsLong();
        synchronized (answers) {
            Answer known = answers.get(peer);
            if (known != null && known.holds(now)) return;
        }
        int patience = millis == 0 ? patienceMillis : Math.min(millis, patienceMillis);
        Kind kind = Aside.run(() -> ask(peer, patience));
        synchronized (answers) {
            Answer before = answers.remove(peer);
            if (answers.size() >= MOST)
                answers.remove(answers.keySet().iterator().next());
            boolean isTls = before != null && before.kind == Kind.TLS;
            answers.put(peer, isTls ? before : new Answer(kind, nanoTime.getAsLong()));
        }
    }

    private Kind ask(InetSocketAddress peer, int patience) {
        try (Socket question = new Socket()) {
            tls.prepare();
            question.connect(peer, patience);
            question.setSoTimeout(patienceMillis);
            FirstOfAnswer answer = new FirstOfAnswer(question.getInputStream());
            try (SSLSocket face = tls.client(new RawSocket(question, answer, question.getOutputStream()), peer)) {
                face.startHandshake();
                return Kind.TLS;
            } catch (SocketTimeoutException later) {
                return answer.areTls() ? Kind.TLS : Kind.SILENT;
            } catch (IOException | GeneralSecurityException e) {
                return answer.areTls() ? Kind.TLS : Kind.PLAINTEXT;
            }
        } catch (IOException | GeneralSecurityException e) {
            return Kind.SILENT;
        }
    }

    /** Remembers the first octets that are read. */
    private static final class FirstOfAnswer extends InputStream {

        private final InputStream in;
        private final byte[] seen = new byte[FirstBytes.ENOUGH];
        private int count;

        FirstOfAnswer(InputStream in) {
            this.in = in;
        }

        boolean areTls() {
            return FirstBytes.isAnswerOfTls(seen, count);
        }

        @Override
        public int read() throws IOException {
            byte[] octet = new byte[1];
            return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
        }

        @Override
        public int read(byte[] destination, int offset, int length) throws IOException {
            int got = in.read(destination, offset, length);
            for (int i = 0; i < got && count < seen.length; i++) seen[count++] = destination[offset + i];
            return got;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }
}
