package org.almosttls.jsse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;

/** A list of names that {@code SSLParameters} have on newer platforms only; on older ones nobody can have set it. */
enum NewerParameter {
    /** Since 20. */
    NAMED_GROUPS("NamedGroups"),
    /** Since 19. */
    SIGNATURE_SCHEMES("SignatureSchemes");

    private final Optional<Method> getter;
    private final Optional<Method> setter;
    private final String setterName;

    NewerParameter(String name) {
        setterName = "set" + name;
        getter = method("get" + name);
        setter = method(setterName, String[].class);
    }

    private static Optional<Method> method(String name, Class<?>... types) {
        try {
            return Optional.of(SSLParameters.class.getMethod(name, types));
        } catch (NoSuchMethodException older) {
            return Optional.empty();
        }
    }

    /** The names, if they are set. */
    Optional<List<String>> of(SSLParameters parameters) {
        return getter.map(method -> (String[]) call(method, parameters)).map(List::of);
    }

    String setterName() {
        return setterName;
    }

    void takeOver(SSLParameters from, SSLParameters into) {
        of(from).ifPresent(names -> call(setter.orElseThrow(), into, (Object) names.toArray(new String[0])));
    }

    private static Object call(Method method, SSLParameters on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
