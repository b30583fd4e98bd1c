package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WeakTableTest {

    private final WeakTable<String> table = new WeakTable<>();

    @Test
    void whatIsEqualIsNotTheSame() {
        var one = new String("key");
        var other = new String("key");
        table.putIfAbsent(one, "one");
        assertEquals("one", table.get(one));
        assertNull(table.get(other));
    }

    @Test
    void whatIsThereStays() {
        table.putIfAbsent(this, "first");
        table.putIfAbsent(this, "second");
        assertEquals("first", table.get(this));
    }

    @Test
    void nothingIsKeptAlive() {
        Object forgotten = new Object();
        var trace = new WeakReference<>(forgotten);
        table.putIfAbsent(forgotten, "value");
        forgotten = null;
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (trace.get() != null) System.gc();
            // The collector tells of it a moment later.
            while (table.size() > 1 || table.size() == 1 && table.get(this) == null) table.putIfAbsent(this, "other");
        });
        assertEquals(1, table.size());
    }
}
