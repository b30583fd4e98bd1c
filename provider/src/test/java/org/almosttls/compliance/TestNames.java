package org.almosttls.compliance;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Tests by their names, as {@code record.RecordReaderTest.refusesRecordsThatAreTooLong}. */
final class TestNames {

    private TestNames() {}

    /** Whether there is such a test, in the class or inherited by it. */
    static boolean exists(String test) {
        int dot = test.lastIndexOf('.');
        try {
            return methods(Class.forName("org.almosttls." + test.substring(0, dot)))
                    .filter(method -> method.getName().equals(test.substring(dot + 1)))
                    .anyMatch(method -> AnnotationSupport.isAnnotated(method, Testable.class));
        } catch (ClassNotFoundException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static Stream<Method> methods(Class<?> ofClass) {
        return Stream.<Class<?>>iterate(ofClass, each -> each != null, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()));
    }
}
