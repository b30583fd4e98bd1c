package org.almosttls.compression;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;

/** A library that nobody needs, and that is used where it is on the class path beside this provider. */
final class Library {

    private static final byte[] SAMPLE = "certificates, certificates, certificates".getBytes(StandardCharsets.US_ASCII);

    private Library() {}

    /** Makes what needs the library. */
    @FunctionalInterface
    interface Maker {
        CertificateCompression make(ClassLoader libraries) throws ReflectiveOperationException;
    }

    /** What is made, if it works: a library may be there without what it needs on this machine. */
    static Optional<CertificateCompression> find(Maker maker) {
        try {
            if (!mayLoadNativeCode(Library.class.getClassLoader().getUnnamedModule())) return Optional.empty();
            var made = maker.make(Library.class.getClassLoader());
            var back = made.decompress(made.compress(SAMPLE), SAMPLE.length);
            return Optional.of(made).filter(it -> Arrays.equals(back, SAMPLE));
        } catch (ReflectiveOperationException | TlsAlertException | RuntimeException | LinkageError missing) {
            return Optional.empty();
        }
    }

    /** From Java 24 on, JEP 472, a JVM warns on stderr of a library with native code that nobody has allowed. */
    private static boolean mayLoadNativeCode(Module libraries) throws ReflectiveOperationException {
        if (Runtime.version().feature() < 24) return true;
        return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(libraries);
    }

    /** By a static method that has octets for octets. */
    static byte[] compress(Method method, byte[] message) {
        try {
            return (byte[]) method.invoke(null, (Object) message);
        } catch (ReflectiveOperationException unable) {
            throw new IllegalStateException(unable);
        }
    }
}
