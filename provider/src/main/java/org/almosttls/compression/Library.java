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
            var made = maker.make(Library.class.getClassLoader());
            var back = made.decompress(made.compress(SAMPLE), SAMPLE.length);
            return Optional.of(made).filter(it -> Arrays.equals(back, SAMPLE));
        } catch (ReflectiveOperationException | TlsAlertException | RuntimeException | LinkageError missing) {
            return Optional.empty();
        }
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
