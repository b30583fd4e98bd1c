package org.almosttls.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.almosttls.config.Reload;
import org.almosttls.store.StoreFile.Kind;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a file, and who waits for it. */
@Timeout(60)
class ReloadedTest {

    private static final Duration EVERY = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock();
    private final List<String> said = new ArrayList<>();
    private final Reloading reloading =
            new Reloading(() -> Optional.of(new Reload(EVERY, List.of())), clock, said::add);

    private long writes;

    private StoreFile file() {
        var name = folder.resolve("store.p12").toString();
        return new StoreFile(name, Kind.of("PKCS12", ""), Optional.of(TestCertificates.PASSWORD));
    }

    private void change(KeyStore store) throws GeneralSecurityException, IOException {
        var path = folder.resolve("store.p12");
        try (var out = Files.newOutputStream(path)) {
            store.store(out, TestCertificates.PASSWORD);
        }
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000L * ++writes));
        clock.pass(EVERY);
    }

    private Reloaded<Integer> sizes(Reloaded.Maker<Integer> maker) {
        var file = file();
        return new Reloaded<>(file, file.stamp(), -1, maker, reloading);
    }

    @Test
    void itIsMadeAnewWhenTheFileHasChangedAndNotOtherwise() throws Exception {
        change(TestCertificates.trustStore());
        var sizes = sizes(KeyStore::size);
        clock.pass(EVERY);
        assertEquals(-1, sizes.current());
        change(TestCertificates.trustStore());
        assertEquals(1, sizes.current());
        assertEquals(2, reloading.changes());
    }

    @Test
    void whoeverComesMeanwhileGoesOnWithWhatThereIs() throws Exception {
        change(TestCertificates.trustStore());
        var reads = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        var sizes = sizes(store -> {
            reads.countDown();
            await(others);
            return store.size();
        });
        change(TestCertificates.trustStore());
        var reader = CompletableFuture.supplyAsync(sizes::current);
        await(reads);
        assertEquals(-1, sizes.current());
        assertEquals(0, reloading.changes());
        others.countDown();
        assertEquals(1, reader.get(30, TimeUnit.SECONDS));
        assertEquals(1, sizes.current());
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) throw new IllegalStateException("nobody comes");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whileSomethingChangesTheCountIsOdd() {
        reloading.change(() -> assertEquals(1, reloading.changes()));
        assertEquals(2, reloading.changes());
    }

    @Test
    void whatCannotBeMadeIsSaidOnceAndTriedAgain() throws Exception {
        change(TestCertificates.trustStore());
        var sizes = sizes(store -> {
            if (store.size() == 1) throw new GeneralSecurityException("too small");
            return store.size();
        });
        change(TestCertificates.trustStore());
        for (int times = 0; times < 3; times++) {
            assertEquals(-1, sizes.current());
            clock.pass(EVERY);
        }
        assertEquals(
                List.of("reload: " + file().name() + " cannot be used: too small; what was read before stays in use"),
                said);
        change(TestCertificates.trustStore(
                TestCertificates.ca(), TestCertificates.unknownCaServer().anchor()));
        assertEquals(2, sizes.current());
    }

    /** Where no manager is asked, since a session is resumed. */
    @Test
    void aLookAtAllIsALookAtEach() throws Exception {
        change(TestCertificates.trustStore());
        var sizes = sizes(KeyStore::size);
        change(TestCertificates.trustStore());
        reloading.look();
        assertEquals(2, reloading.changes());
        assertEquals(1, sizes.current());
    }
}
