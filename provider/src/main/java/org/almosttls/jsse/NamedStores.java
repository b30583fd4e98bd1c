package org.almosttls.jsse;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.almosttls.config.Reload;
import org.almosttls.store.Reloading;
import org.almosttls.store.StoreFile;
import org.almosttls.store.StoreFile.Kind;

/**
 * The files that {@code reload.stores} names, for stores that an application has loaded by itself: a store does not say
 * where it came from, so it is taken for the file that holds the same certificates under the same names.
 */
record NamedStores(Reloading reloading) {

    /**
     * The file of a store, as it is when it is found.
     *
     * @param stamp of the file before it was read
     */
    record Found(StoreFile file, String stamp) {}

    /** @param password that may open the file; tried without one too */
    Optional<Found> fileOf(KeyStore store, Optional<char[]> password) {
        if (store == null) return Optional.empty();
        var names = reloading.wanted().map(Reload::files).orElse(List.of());
        var found = names.stream()
                .flatMap(name -> in(name, store, password).stream())
                .findFirst();
        found.ifPresent(
                it -> reloading.say(it.file().name() + " is a store that the application has loaded; it is watched"));
        return found;
    }

    private static Optional<Found> in(String name, KeyStore store, Optional<char[]> password) {
        return Stream.of(password, Optional.<char[]>empty())
                .distinct()
                .map(opening -> new StoreFile(name, Kind.like(store), opening))
                .flatMap(file -> matching(file, store).stream())
                .findFirst();
    }

    private static Optional<Found> matching(StoreFile file, KeyStore store) {
        try {
            var stamp = file.stamp();
            return holdTheSame(file.load(), store) ? Optional.of(new Found(file, stamp)) : Optional.empty();
        } catch (GeneralSecurityException | IOException | RuntimeException another) {
            return Optional.empty();
        }
    }

    private static boolean holdTheSame(KeyStore one, KeyStore other) throws GeneralSecurityException {
        var aliases = aliases(one);
        if (aliases.isEmpty() || !aliases.equals(aliases(other))) return false;
        for (var alias : aliases) {
            boolean same = one.isKeyEntry(alias) == other.isKeyEntry(alias)
                    && Objects.equals(one.getCertificate(alias), other.getCertificate(alias))
                    && Arrays.equals(one.getCertificateChain(alias), other.getCertificateChain(alias));
            if (!same) return false;
        }
        return true;
    }

    private static Set<String> aliases(KeyStore store) throws GeneralSecurityException {
        return new HashSet<>(Collections.list(store.aliases()));
    }
}
