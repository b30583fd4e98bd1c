package org.almosttls.crypto.jca;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Optional;

/** A method of {@code javax.crypto.KEM} or of what it makes; older platforms than Java 21 may have none of them. */
enum KemCall {
    INSTANCE("KEM", "getInstance", String.class, Provider.class),
    ENCAPSULATOR("KEM", "newEncapsulator", PublicKey.class, SecureRandom.class),
    ENCAPSULATE("KEM$Encapsulator", "encapsulate"),
    SECRET("KEM$Encapsulated", "key"),
    CIPHERTEXT("KEM$Encapsulated", "encapsulation"),
    DECAPSULATOR("KEM", "newDecapsulator", PrivateKey.class),
    DECAPSULATE("KEM$Decapsulator", "decapsulate", byte[].class);

    private final Optional<Method> method;

    KemCall(String type, String name, Class<?>... parameters) {
        method = method("javax.crypto." + type, name, parameters);
    }

    private static Optional<Method> method(String type, String name, Class<?>... parameters) {
        try {
            return Optional.of(Class.forName(type).getMethod(name, parameters));
        } catch (ClassNotFoundException | NoSuchMethodException older) {
            return Optional.empty();
        }
    }

    boolean exists() {
        return method.isPresent();
    }

    /** Of a KEM that this provider has. */
    static Object instance(String algorithm, Provider provider) throws GeneralSecurityException {
        return INSTANCE.on(null, algorithm, provider);
    }

    Object on(Object target, Object... arguments) throws GeneralSecurityException {
        try {
            return method.orElseThrow().invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof GeneralSecurityException refused) throw refused;
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
