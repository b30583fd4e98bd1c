package org.almosttls.delivery;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.api.EarlyData;
import org.almosttls.api.PreSharedKeys;
import org.almosttls.config.EarlyTerms;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEventListener;
import org.almosttls.jsse.Scope;
import org.almosttls.jsse.TextbookTerms;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.TestSessions;
import org.almosttls.ticket.SingleUse;

/**
 * Who meets Mallory, and who she is.
 *
 * @param protocol of the victim's context
 * @param key the victim's
 * @param wishes what the victim's application says
 * @param makesSessions whether the victim may
 * @param asks what the victim's application asks of its socket or engine besides
 * @param acquainted whether they have met before, and have a session in common
 */
record Terms(
        String protocol,
        boolean victimIsClient,
        Optional<TestIdentity> key,
        Supplier<TrustManager[]> trust,
        Consumer<SSLParameters> wishes,
        boolean makesSessions,
        boolean acquainted,
        TestConfig mallory,
        Consumer<Object> asks) {

    private static final CipherSuite GCM = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;

    static Terms client() {
        var server = TestConfig.server(TestCertificates.rsaServer()).suites(GCM).groups(NamedGroup.X25519);
        return new Terms("TLS", true, Optional.empty(), Terms::usual, only("TLSv1.2"), true, false, server, face -> {});
    }

    static Terms server() {
        var client = TestConfig.client().suites(GCM).groups(NamedGroup.X25519);
        var key = Optional.of(TestCertificates.rsaServer());
        return new Terms("TLS", false, key, Terms::usual, only("TLSv1.2"), true, false, client, face -> {});
    }

    /** Both speak TLS 1.3 and nothing else. */
    Terms newest() {
        return speaking(ProtocolVersion.TLS_1_3, CipherSuite.TLS_AES_128_GCM_SHA256);
    }

    /** Bob is the victim, or Alice. */
    static Terms textbook(boolean bob) {
        var mallory = bob ? TestConfig.alice() : TestConfig.bob();
        var key = bob ? Optional.<TestIdentity>empty() : Optional.of(TestCertificates.rsaServer());
        return new Terms("AlmostTLS", bob, key, Terms::usual, wishes -> {}, true, false, mallory, face -> {});
    }

    private static TrustManager[] usual() {
        return Contexts.trust(TestCertificates.trustStore());
    }

    private static Consumer<SSLParameters> only(String... protocols) {
        return parameters -> parameters.setProtocols(protocols);
    }

    Terms wishing(Consumer<SSLParameters> more) {
        return with(wishes.andThen(more), mallory);
    }

    Terms mallory(TestConfig other) {
        return with(wishes, other);
    }

    private Terms with(Consumer<SSLParameters> wishes, TestConfig mallory) {
        return new Terms(protocol, victimIsClient, key, trust, wishes, makesSessions, acquainted, mallory, asks);
    }

    /** Both speak this version in these suites and no other. */
    Terms speaking(ProtocolVersion version, CipherSuite... suites) {
        return wishing(only(version.jsseName()))
                .mallory(mallory.versions(version).suites(suites));
    }

    Terms suites(CipherSuite... suites) {
        return mallory(mallory.suites(suites));
    }

    Terms trusting(Supplier<TrustManager[]> other) {
        return new Terms(protocol, victimIsClient, key, other, wishes, makesSessions, acquainted, mallory, asks);
    }

    /** A server that knows no client by a key, and has no certificate to show. */
    Terms knowingNobody() {
        return new Terms(
                protocol,
                victimIsClient,
                Optional.empty(),
                trust,
                wishes,
                makesSessions,
                acquainted,
                mallory,
                face -> ((PreSharedKeys) face).acceptPreSharedKeys("SHA-256", identity -> Optional.empty()));
    }

    Terms withoutSessions() {
        return new Terms(protocol, victimIsClient, key, trust, wishes, false, acquainted, mallory, asks);
    }

    /** When they meet for the first time. */
    Terms strangers() {
        return new Terms(protocol, victimIsClient, key, trust, wishes, true, false, mallory, asks);
    }

    Terms acquaintances() {
        return acquainted(new TestSessions());
    }

    Terms acquaintancesByTicket() {
        return acquainted(new TestSessions().withTickets(Optional.empty()));
    }

    /** A client that sends data with its hello, as Mallory has permitted. */
    Terms inHaste() {
        var most = EarlyTerms.taking(1000, new SingleUse(PerOperationBackend::platform));
        return new Terms(
                        protocol,
                        victimIsClient,
                        key,
                        trust,
                        wishes,
                        makesSessions,
                        acquainted,
                        mallory.with("early", most),
                        face -> ((EarlyData) face).sendEarlyData(new byte[9]))
                .acquaintancesByTicket();
    }

    private Terms acquainted(TestSessions store) {
        var sessions = mallory.sessions(store);
        return new Terms(protocol, victimIsClient, key, trust, wishes, makesSessions, true, sessions, asks);
    }

    /** The victim's, with what is there on request only; some of it if Mallory has it. */
    SSLContext context(TlsEventListener listener) throws GeneralSecurityException {
        var textbook = new TextbookTerms(() -> false, said -> {});
        var hers = mallory.build().onRequest();
        var requested =
                Stream.of(Feature.RENEGOTIATION, Feature.POST_HANDSHAKE_AUTH).filter(hers::has);
        var requests = OnRequest.of(Stream.concat(Stream.of(Feature.COMPRESSION, Feature.HEARTBEAT), requested)
                .toArray(Feature[]::new));
        var provider = new AlmostTlsProvider(() -> listener, textbook, Scope.ANY, () -> requests, Optional::empty);
        var context = SSLContext.getInstance(protocol, provider);
        context.init(key.map(Contexts::keys).orElse(new KeyManager[0]), trust.get(), null);
        return context;
    }
}
