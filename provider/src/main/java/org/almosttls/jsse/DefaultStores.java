package org.almosttls.jsse;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.store.Reloaded;
import org.almosttls.store.Reloading;
import org.almosttls.store.StoreFile;
import org.almosttls.store.StoreFile.Kind;

/**
 * A store of the {@code javax.net.ssl} properties, as they are when it is asked for: {@code keyStore} or
 * {@code trustStore}, and {@code Type}, {@code Provider} and {@code Password} of it.
 */
record DefaultStores(String word) {

    private static final DefaultStores KEYS = new DefaultStores("keyStore");
    private static final DefaultStores TRUST = new DefaultStores("trustStore");

    private static final String NONE = "NONE";
    private static final String TOKEN = "PKCS11";
    private static final String PLATFORM = "SunJSSE";

    static KeyManager[] keys(Reloading reloading) throws GeneralSecurityException, IOException {
        String place = KEYS.place("");
        String type = KEYS.type();
        if (type.isEmpty()) return new KeyManager[0];
        if (type.equals(TOKEN) && !place.equals(NONE))
            throw new IllegalArgumentException("if keyStoreType is " + TOKEN + ", then keyStore must be " + NONE);
        var file = KEYS.file(place);
        var stamp = file.stamp();
        // A token unlocks its keys itself.
        var password = type.equals(TOKEN) ? Optional.<char[]>empty() : KEYS.password();
        var factory = PlatformFactories.keys(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(KEYS.load(isFile(place) ? Optional.of(place) : Optional.empty()), password.orElse(null));
        var managers = factory.getKeyManagers();
        if (!isFile(place) || reloading.wanted().isEmpty()) return managers;
        var fresh = new FreshKeys(KeyManagerFactory.getDefaultAlgorithm(), password);
        var keys = new Reloaded<>(file, stamp, PlainKeys.firstOf(managers), fresh, reloading);
        return new KeyManager[] {new ReloadedKeys(keys)};
    }

    /** What the platform's factory, or another of this algorithm, makes of the default trust store. */
    static TrustManager[] trust(String algorithm, Reloading reloading) throws GeneralSecurityException, IOException {
        String place = trustPlace();
        var file = TRUST.file(place);
        var stamp = file.stamp();
        var factory = PlatformFactories.trust(algorithm);
        if (factory.getProvider().getName().equals(PLATFORM)) factory.init((KeyStore) null);
        else factory.init(TRUST.load(Optional.of(place).filter(DefaultStores::isReadable)));
        var managers = factory.getTrustManagers();
        if (!isFile(place) || reloading.wanted().isEmpty()) return managers;
        var fresh = new FreshTrust(algorithm);
        var trust = new Reloaded<>(file, stamp, PlainTrust.firstOf(managers), fresh, reloading);
        return new TrustManager[] {new ReloadedTrust(trust)};
    }

    static TrustManager[] trust(Reloading reloading) throws GeneralSecurityException, IOException {
        return trust(TrustManagerFactory.getDefaultAlgorithm(), reloading);
    }

    /** Which may open other trust stores too. */
    static Optional<char[]> trustPassword() {
        return TRUST.password();
    }

    /** The platform looks for two files of its own if it is told of none. */
    private static String trustPlace() {
        var folder = new File(Asked.property("java.home"), "lib/security");
        var own = Stream.of("jssecacerts", "cacerts").map(name -> new File(folder, name).getPath());
        return own.filter(DefaultStores::isReadable)
                .findFirst()
                .map(TRUST::place)
                .orElseGet(() -> TRUST.place(NONE));
    }

    private static boolean isReadable(String place) {
        var file = new File(place);
        return file.isFile() && file.canRead();
    }

    private static boolean isFile(String place) {
        return !place.isEmpty() && !place.equals(NONE);
    }

    private KeyStore load(Optional<String> place) throws GeneralSecurityException, IOException {
        var store = kind().make();
        if (place.isEmpty()) {
            store.load(null, password().orElse(null));
            return store;
        }
        try (var in = new FileInputStream(place.get())) {
            store.load(in, password().orElse(null));
        }
        return store;
    }

    private StoreFile file(String place) {
        return new StoreFile(place, kind(), password());
    }

    private Kind kind() {
        return Kind.of(type(), property("Provider", ""));
    }

    private String place(String otherwise) {
        return property("", otherwise);
    }

    private String type() {
        return property("Type", KeyStore.getDefaultType());
    }

    private Optional<char[]> password() {
        return Optional.of(property("Password", ""))
                .filter(given -> !given.isEmpty())
                .map(String::toCharArray);
    }

    private String property(String what, String otherwise) {
        return Asked.property("javax.net.ssl." + word + what, otherwise);
    }
}
