package org.almosttls.agent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who watches is made by the first thread that has something to watch, and what others have by then is watched too. */
@Timeout(60)
class ObserveBridgeTest {

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch making = new CountDownLatch(1);
    private final CountDownLatch made = new CountDownLatch(1);

    private Observer observer() {
        return (Observer) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Observer.class}, (proxy, method, arguments) -> {
                    seen.add(arguments[0]);
                    return null;
                });
    }

    private Observer slowly() {
        making.countDown();
        // What making it comes to itself is nothing to watch, and must not wait for itself.
        ObserveBridge.made("of its own");
        try {
            assertTrue(made.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return observer();
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
    }

    @AfterEach
    void nobodyWatches() {
        ObserveBridge.observe(null);
    }

    @Test
    void whatComesWhileTheFirstIsSeenToIsWatchedToo() throws InterruptedException {
        ObserveBridge.observe(this::slowly);
        Thread first = start(() -> ObserveBridge.made("first"));
        making.await();
        Thread second = start(() -> ObserveBridge.made("second"));
        awaitWaiting(second);
        made.countDown();
        first.join();
        second.join();
        assertEquals(List.of("first", "second"), seen.stream().sorted().toList());
    }

    @Test
    void whoLeavesMeanwhileLeavesNobodyBehind() throws InterruptedException {
        ObserveBridge.observe(this::slowly);
        Thread first = start(() -> ObserveBridge.made("first"));
        making.await();
        Thread leaves = start(() -> ObserveBridge.observe(null));
        while (leaves.getState() != Thread.State.WAITING) Thread.onSpinWait();
        made.countDown();
        first.join();
        leaves.join();
        ObserveBridge.made("later");
        assertEquals(List.of("first"), seen);
    }

    @Test
    void whatCannotBeMadeIsNotAskedForAgain() {
        Supplier<Observer> broken = () -> {
            seen.add("asked");
            throw new IllegalStateException("defect");
        };
        ObserveBridge.observe(broken);
        ObserveBridge.made("first");
        ObserveBridge.made("second");
        assertEquals(List.of("asked"), seen);
    }
}
