package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeakIdentitiesTest {

    private final WeakIdentities<String, Integer> values = new WeakIdentities<>();

    @Test
    void objectsAreToldApartByIdentity() {
        String one = new String("same");
        String other = new String("same");
        values.put(one, 1);
        assertEquals(Optional.of(1), values.of(one));
        assertEquals(Optional.empty(), values.of(other));
    }

    @Test
    void theLastValueCounts() {
        String key = new String("key");
        values.put(key, 1);
        values.put(key, 2);
        assertEquals(Optional.of(2), values.of(key));
    }

    @Test
    void anObjectThatNobodyElseHasIsForgotten() {
        values.put(new String("gone"), 1);
        while (values.size() > 0) System.gc();
        assertEquals(0, values.size());
    }
}
