package org.almosttls.control;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.almosttls.testkit.SocketPair;
import org.junit.jupiter.api.Nested;

/** Threads that wait for a socket: of the platform, which cannot be interrupted then, and virtual ones, which can. */
class WaitingThreadsTest {

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        @EachSetting
        void aThreadThatIsInterruptedReadsOn(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var begun = new CountDownLatch(1);
                var reading = new FutureTask<>(() -> read(pair, begun));
                var reader = new Thread(reading);
                reader.start();
                begun.await();
                reader.interrupt();
                pair.server().getOutputStream().write(5);
                assertEquals(5, await(reading));
                pair.converse(1);
            }
        }

        @EachSetting
        void aThreadThatWasInterruptedSaysGoodbyeAllTheSame(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                Thread.currentThread().interrupt();
                pair.client().close();
                assertTrue(Thread.interrupted());
                assertEquals(-1, pair.server().getInputStream().read());
            }
        }

        @EachSetting
        void interruptingAVirtualReaderClosesTheSocket(Setting setting) throws Exception {
            sinceJava(21);
            try (var pair = sockets(setting).handshake()) {
                var begun = new CountDownLatch(1);
                var reading = new FutureTask<>(() -> read(pair, begun));
                var reader = startVirtual(reading);
                begun.await();
                reader.interrupt();
                assertInstanceOf(SocketException.class, failureOf(reading));
                assertTrue(pair.client().isClosed());
            }
        }

        /** As many as there are carriers at least: if one were pinned by each, nobody else would get on. */
        @EachSetting
        void virtualReadersHoldNoCarrier(Setting setting) throws Exception {
            sinceJava(21);
            try (var recording = new Recording()) {
                recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
                recording.start();
                var pairs = new ArrayList<SocketPair>();
                var readers = new ArrayList<FutureTask<Integer>>();
                for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
                    var pair = sockets(setting);
                    var begun = new CountDownLatch(1);
                    var reading = new FutureTask<>(() -> read(pair, begun));
                    startVirtual(reading);
                    begun.await();
                    pairs.add(pair);
                    readers.add(reading);
                }
                for (var pair : pairs) pair.server().getOutputStream().write(1);
                for (var reader : readers) assertEquals(1, await(reader));
                for (var pair : pairs) pair.close();
                recording.stop();
                if (stack().isOurs()) assertEquals(List.of(), pinned(recording));
            }
        }

        private static int read(SocketPair pair, CountDownLatch begun) throws Exception {
            begun.countDown();
            return pair.client().getInputStream().read();
        }
    }

    private static Throwable failureOf(FutureTask<?> task) {
        try {
            await(task);
            return new AssertionError("nothing was thrown");
        } catch (Exception failed) {
            return failed;
        }
    }

    private static Thread startVirtual(Runnable work) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    }

    private static List<String> pinned(Recording recording) throws Exception {
        var file = Files.createTempFile("pinned", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .map(String::valueOf)
                    .filter(event -> event.contains("org.almosttls.jsse"))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    @Nested
    class OfSunJsse extends Suite {
        OfSunJsse() {
            super(Stack.SUN_JSSE);
        }
    }

    @Nested
    class OfAlmostTls extends Suite {
        OfAlmostTls() {
            super(Stack.ALMOST_TLS);
        }
    }
}
