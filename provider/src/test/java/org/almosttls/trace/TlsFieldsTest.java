package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The same object is written for two sessions only if there is nothing in which they differ. */
class TlsFieldsTest {

    @Test
    void whateverIsOtherMakesThemOthers() throws ReflectiveOperationException {
        var components = TlsFields.class.getRecordComponents();
        Object[] values = Arrays.stream(components).map(TlsFieldsTest::nothing).toArray();
        for (int i = 0; i < values.length; i++) {
            Object[] other = values.clone();
            other[i] = something(components[i]);
            assertNotEquals(fields(values), fields(other), components[i].getName());
        }
        assertEquals(fields(values), fields(values));
        assertEquals(fields(values).hashCode(), fields(values).hashCode());
    }

    private static TlsFields fields(Object... values) throws ReflectiveOperationException {
        Constructor<?> all = TlsFields.class.getDeclaredConstructors()[0];
        return (TlsFields) all.newInstance(values);
    }

    private static Object nothing(RecordComponent component) {
        return component.getType() == boolean.class ? (Object) false : Optional.empty();
    }

    private static Object something(RecordComponent component) {
        return component.getType() == boolean.class ? (Object) true : Optional.of("something");
    }
}
