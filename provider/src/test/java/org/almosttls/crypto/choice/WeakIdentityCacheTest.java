package org.almosttls.crypto.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WeakIdentityCacheTest {

    private record Key(String name) {}

    private final WeakIdentityCache<Key, Object> cache = new WeakIdentityCache<>();

    @Test
    void makesOnceWhatIsMadeOfAnObject() {
        var key = new Key("one");
        assertSame(cache.of(key, each -> new Object()), cache.of(key, each -> new Object()));
        assertEquals(1, cache.size());
    }

    @Test
    void tellsEqualObjectsApart() {
        var one = new Key("equal");
        var other = new Key("equal");
        assertNotSame(cache.of(one, each -> new Object()), cache.of(other, each -> new Object()));
        assertEquals(2, cache.size());
    }

    /** What nobody holds any more is forgotten at the next call after the collector found out. */
    @Test
    void keepsNothingAlive() {
        var kept = new Key("kept");
        for (int i = 0; i < 100; i++) cache.of(new Key("dropped"), each -> new Object());
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            do {
                System.gc();
                cache.of(kept, each -> new Object());
            } while (cache.size() > 1);
        });
        assertEquals(1, cache.size());
    }
}
