package org.almosttls.jsse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.almosttls.config.OnRequest;
import org.almosttls.config.Reload;
import org.almosttls.config.StapleSource;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEventListener;
import org.almosttls.store.Reloading;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestCertificates;

/** Stores in files that an administrator changes, contexts over them, and what is said of it. */
final class StoreFolder {

    static final Duration EVERY = Duration.ofSeconds(30);

    private final Path folder;
    private final MovableClock clock = new MovableClock();
    private final List<String> said = new ArrayList<>();
    private long writes;

    StoreFolder(Path folder) {
        this.folder = folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    List<String> said() {
        return said;
    }

    void pass(Duration time) {
        clock.pass(time);
    }

    /** The file has been replaced, and it is time to look at it. */
    void replace(String name, KeyStore store) throws GeneralSecurityException, IOException {
        write(name, octets(store));
        clock.pass(EVERY);
    }

    static byte[] octets(KeyStore store) throws GeneralSecurityException, IOException {
        var octets = new ByteArrayOutputStream();
        store.store(octets, TestCertificates.PASSWORD);
        return octets.toByteArray();
    }

    /** In place, at another time, whatever the resolution of the file system's clock is. */
    Path write(String name, byte[] octets) throws IOException {
        var file = Files.write(file(name), octets);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * ++writes));
    }

    /** By a file that takes its name. */
    void rename(String name, KeyStore store) throws GeneralSecurityException, IOException {
        var next = write(name + ".next", octets(store));
        Files.move(next, file(name), StandardCopyOption.ATOMIC_MOVE);
        clock.pass(EVERY);
    }

    /** The default context's stores of the platform's properties are these. */
    void isDefault(String property, String name) {
        System.setProperty("javax.net.ssl." + property, file(name).toString());
        System.setProperty("javax.net.ssl." + property + "Password", new String(TestCertificates.PASSWORD));
    }

    static void clearDefaults() {
        for (var property : List.of("keyStore", "trustStore"))
            for (var what : List.of("", "Password", "Type", "Provider"))
                System.clearProperty("javax.net.ssl." + property + what);
    }

    Reloading reloading(String... files) {
        return new Reloading(() -> Optional.of(new Reload(EVERY, List.of(files))), clock, said::add);
    }

    /** What a provider would lend that reloads. */
    Lending lending(Reloading reloading) {
        return new Lending(
                PerOperationBackend::platform,
                clock,
                TlsEventListener::none,
                new TextbookTerms(() -> false, line -> {}),
                () -> OnRequest.NOTHING,
                StapleSource::none,
                Optional.empty(),
                reloading);
    }

    /** The default one, of this folder's stores if they are the default's. */
    SSLContext context() throws GeneralSecurityException {
        return new Made(new AlmostSslContextDefault(lending(reloading()), Scope.ANY));
    }

    /** With the default trust store. */
    SSLContext withDefaultTrust() throws GeneralSecurityException {
        var context = new Made(new AlmostSslContext(lending(reloading()), Scope.ANY));
        context.init(null, null, null);
        return context;
    }

    /** As a provider makes it. */
    static final class Made extends SSLContext {
        Made(AlmostSslContext inside) {
            super(inside, Contexts.OURS, "TLS");
        }
    }
}
