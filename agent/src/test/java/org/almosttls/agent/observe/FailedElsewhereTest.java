package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.almosttls.agent.boot.Observer.Call;
import org.almosttls.alert.Violation;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.event.TlsEventListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One thread does the handshake, as it reads; another one, which writes, hears that the connection is closed. */
class FailedElsewhereTest {

    private final Object out = OutputStream.nullOutputStream();
    private final List<TlsEvent> told = new CopyOnWriteArrayList<>();
    /** What happens while the next event is told. */
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();

    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final Observation observation = new Observation(
            new TlsEventListener() {
                @Override
                public boolean wants(Kind kind) {
                    return true;
                }

                @Override
                public void on(Moment moment, TlsEvent event) {
                    told.add(event);
                    Runnable deed = meanwhile.getAndSet(null);
                    if (deed != null) deed.run();
                }
            },
            (kind, type) -> {},
            name -> {});

    private SSLSocket socket;
    private Object reading;

    @BeforeEach
    void beginToRead() throws Exception {
        socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket();
        observation.made(socket);
        Object in = InputStream.nullInputStream();
        observation.stream(socket, in);
        observation.stream(socket, out);
        reader.submit(() -> {
                    reading = observation.enters(in);
                    observation.sent(socket, new byte[] {22, 3, 1}, 0, 3);
                })
                .get();
    }

    @AfterEach
    void stop() throws Exception {
        reader.shutdown();
        socket.close();
    }

    private void write(SocketException thrown) {
        observation.leaves(observation.enters(out), Call.WRITE, 0, thrown);
    }

    private void writeInAnotherThread() {
        var writer = new Thread(() -> write(new SocketException("Connection or outbound has closed")));
        writer.start();
        try {
            writer.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void close() {
        observation.leaves(observation.enters(socket), Call.CLOSE, 0, null);
    }

    private void readFails(Exception thrown) throws Exception {
        reader.submit(() -> observation.leaves(reading, Call.READ, 0, thrown)).get();
    }

    private List<Ending> endings() {
        return told.stream()
                .filter(Closed.class::isInstance)
                .map(event -> ((Closed) event).ending())
                .toList();
    }

    @Test
    void theCauseIsThatOfWhoDidTheHandshake() throws Exception {
        write(new SocketException("Connection or outbound has closed"));
        close();
        assertEquals(List.of(), endings());
        readFails(refused());
        assertRefused();
    }

    private static SSLHandshakeException refused() {
        var refused = new SSLHandshakeException("no");
        refused.initCause(new CertificateException("no"));
        return refused;
    }

    private void assertRefused() {
        assertEquals(List.of(Ending.FAILED), endings());
        assertEquals(
                List.of(Violation.CERTIFICATE_REFUSED),
                told.stream()
                        .filter(Failed.class::isInstance)
                        .map(event -> ((Failed) event).cause().violation())
                        .toList());
    }

    /** SunJSSE closes a socket in the midst of the call that fails. */
    @Test
    void alsoIfTheOtherHearsOfItWhileTheCauseIsTold() throws Exception {
        reader.submit(this::close).get();
        meanwhile.set(this::writeInAnotherThread);
        readFails(refused());
        assertRefused();
    }

    @Test
    void alsoIfTheReadIsNotOverWhenTheHandshakeIs() throws Exception {
        reader.submit(() -> {
                    observation.leaves(observation.enters(socket), Call.HANDSHAKE, 0, refused());
                })
                .get();
        write(new SocketException("Connection or outbound has closed"));
        assertRefused();
    }

    @Test
    void whereNobodyFailedItHasBeenAbandoned() throws Exception {
        close();
        readFails(new SocketException("Socket closed"));
        assertEquals(List.of(Ending.ABANDONED), endings());
    }
}
