package org.almosttls;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.almosttls.config.Clock;
import org.almosttls.config.OnRequest;
import org.almosttls.config.Reload;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEventListener;
import org.almosttls.jsse.AlmostSslContext;
import org.almosttls.jsse.AlmostSslContextDefault;
import org.almosttls.jsse.Lending;
import org.almosttls.jsse.Scope;
import org.almosttls.jsse.TextbookTerms;
import org.almosttls.jsse.ThinKeyManagerFactory;
import org.almosttls.jsse.ThinTrustManagerFactory;
import org.almosttls.ocsp.OcspStaples;
import org.almosttls.store.Reloading;
import org.almosttls.trace.SessionLog;
import org.almosttls.trace.Surroundings;

/**
 * The provider {@code AlmostTLS}: real TLS as an ordinary {@code SSLContext}, under the names and with the meaning that
 * the platform's provider gives them: {@code TLS} (also called {@code SSL}), {@code TLSv1.3}, {@code TLSv1.2}, {@code TLSv1.1},
 * {@code TLSv1} (also called {@code SSLv3}; neither is spoken, but servers made by these names speak what is newer) and
 * {@code Default}; the textbook protocol as {@code AlmostTLS}; and the platform's factories of key and trust managers. It has no ciphers and
 * no signatures to offer.
 *
 * <p>Making one does nothing but name its services, so that {@code java.security} may list it.
 */
public final class AlmostTlsProvider extends Provider {

    private static final long serialVersionUID = 1L;
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    /** Writes the session log that {@code -Dalmosttls.log} or {@code ALMOSTTLS_LOG} asks for, if they do. */
    public AlmostTlsProvider() {
        this(SessionLog::fromSystem);
    }

    /**
     * For who sees more than this module exports.
     *
     * @param listener asked for at the first connection; is told of every connection
     */
    @SuppressWarnings("exports")
    public AlmostTlsProvider(Supplier<TlsEventListener> listener) {
        this(
                listener,
                TextbookWords.fromSystem(),
                Scope.ANY,
                AlmostTlsProvider::requestedOfSystem,
                () -> Surroundings.word("tickets"));
    }

    /**
     * For an agent, which is told more than system properties say.
     *
     * @param listener asked for at the first connection; is told of every connection
     * @param textbook on which terms AlmostTLSv1 is spoken
     * @param scope {@code TEXTBOOK} for contexts that speak nothing but AlmostTLSv1, under whatever name, else {@code ANY}
     * @param onRequest asked for at each connection
     * @param tickets the name of a file of keys for session tickets, if there is one; asked for when a key is needed
     */
    @SuppressWarnings("exports")
    public AlmostTlsProvider(
            Supplier<TlsEventListener> listener,
            TextbookTerms textbook,
            Scope scope,
            Supplier<OnRequest> onRequest,
            Supplier<Optional<String>> tickets) {
        super("AlmostTLS", "0.1.0", "The TLS stack for the JVM that explains itself");
        var clock = Clock.system();
        var ticketKeys = new TicketKeyFile(tickets, clock, Surroundings::say);
        var reloading = new Reloading(() -> onRequest.get().reload(), clock, Surroundings::say);
        var lending = new Lending(
                PerOperationBackend::platform,
                clock,
                listener,
                textbook,
                onRequest,
                () -> new OcspStaples(clock),
                Optional.of(ticketKeys),
                reloading);
        context("TLS", List.of("SSL"), () -> new AlmostSslContext(lending, scope));
        context("TLSv1.3", List.of(), () -> new AlmostSslContext(lending, scope.narrowedTo(Scope.TLS_1_3)));
        context("TLSv1.2", List.of(), () -> new AlmostSslContext(lending, scope.narrowedTo(Scope.TLS_1_2)));
        context("TLSv1.1", List.of(), () -> new AlmostSslContext(lending, scope.narrowedTo(Scope.TLS_1_1)));
        context("TLSv1", List.of("SSLv3"), () -> new AlmostSslContext(lending, scope.narrowedTo(Scope.TLS_1_0)));
        context("AlmostTLS", List.of(), () -> new AlmostSslContext(lending, Scope.TEXTBOOK));
        context("Default", List.of(), () -> new AlmostSslContextDefault(lending, scope));
        keys("PKIX", List.of("NewSunX509", "X.509"), reloading);
        keys("SunX509", List.of(), reloading);
        trust("PKIX", List.of("SunPKIX", "X509", "X.509"), reloading);
        trust("SunX509", List.of(), reloading);
    }

    /** {@code -Dalmosttls.renegotiation=true} and the like, else {@code ALMOSTTLS_RENEGOTIATION}. */
    private static OnRequest requestedOfSystem() {
        var wanted = OnRequest.of(Surroundings::word);
        var words = Stream.of(wanted.warning(), Reload.complaint(Surroundings::word))
                .flatMap(Optional::stream)
                .toList();
        if (!words.isEmpty() && WARNED.compareAndSet(false, true)) words.forEach(Surroundings::say);
        return wanted;
    }

    private void context(String algorithm, List<String> aliases, Maker maker) {
        putService(new Made(this, "SSLContext", algorithm, aliases, maker));
    }

    private void keys(String algorithm, List<String> aliases, Reloading reloading) {
        Maker maker = () -> new ThinKeyManagerFactory(algorithm, reloading);
        putService(new Made(this, "KeyManagerFactory", algorithm, aliases, maker));
    }

    private void trust(String algorithm, List<String> aliases, Reloading reloading) {
        Maker maker = () -> new ThinTrustManagerFactory(algorithm, reloading);
        putService(new Made(this, "TrustManagerFactory", algorithm, aliases, maker));
    }

    /** Makes the object behind a service. */
    @FunctionalInterface
    private interface Maker {
        Object make() throws GeneralSecurityException;
    }

    /** A service whose object is made by a constructor call, not by a class name. */
    private static final class Made extends Service {

        private final Maker maker;

        Made(Provider provider, String type, String algorithm, List<String> aliases, Maker maker) {
            super(provider, type, algorithm, "org.almosttls.jsse", aliases, Map.of());
            this.maker = maker;
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            try {
                return maker.make();
            } catch (NoSuchAlgorithmException e) {
                throw e;
            } catch (GeneralSecurityException | RuntimeException e) {
                throw new NoSuchAlgorithmException(
                        getType() + " " + getAlgorithm() + " of AlmostTLS cannot be made: " + e.getMessage(), e);
            }
        }
    }
}
