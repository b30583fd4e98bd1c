package org.almosttls.agent.weak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WeakTableTest {

    private final WeakTable<Object, String> table = new WeakTable<>();

    @Test
    void whatIsEqualIsNotTheSame() {
        var one = new String("key");
        var other = new String("key");
        table.put(one, "one");
        assertEquals("one", table.get(one));
        assertNull(table.get(other));
    }

    @Test
    void whatIsThereStaysWhereThatIsMeant() {
        table.putIfAbsent(this, "first");
        table.putIfAbsent(this, "second");
        assertEquals("first", table.get(this));
        assertEquals(1, table.size());
    }

    @Test
    void theLastThatIsPutCounts() {
        table.put(this, "first");
        table.put(this, "second");
        assertEquals("second", table.get(this));
        assertEquals(1, table.size());
    }

    @Test
    void whatIsRemovedIsNotThere() {
        table.put(this, "value");
        table.remove(this);
        table.remove("another");
        assertNull(table.get(this));
        assertEquals(0, table.size());
    }

    @Test
    void thereMayBeManyOfThem() {
        List<Object> keys = keys(1000);
        for (Object key : keys) table.put(key, key.toString());
        for (Object key : keys) assertEquals(key.toString(), table.get(key));
        assertEquals(new HashSet<>(keys), Set.copyOf(table.keys()));
        for (Object key : keys.subList(0, 500)) table.remove(key);
        assertEquals(new HashSet<>(keys.subList(500, 1000)), Set.copyOf(table.keys()));
        assertEquals(500, table.size());
    }

    @Test
    void whatIsThereIsFoundWhileOthersComeAndGo() {
        table.put(this, "value");
        var others = CompletableFuture.runAsync(() -> {
            List<Object> keys = keys(20_000);
            for (Object key : keys) table.put(key, "other");
            for (Object key : keys) table.remove(key);
        });
        while (!others.isDone()) assertEquals("value", table.get(this));
        others.join();
        assertEquals(1, table.size());
    }

    @Test
    void nothingIsKeptAlive() {
        Object forgotten = new Object();
        var trace = new WeakReference<>(forgotten);
        table.put(forgotten, "value");
        forgotten = null;
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (trace.get() != null) System.gc();
            // The collector tells of it a moment later.
            while (table.size() > 0) Thread.onSpinWait();
        });
        assertEquals(List.of(), table.keys());
    }

    private static List<Object> keys(int count) {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) keys.add(new Object());
        return keys;
    }
}
