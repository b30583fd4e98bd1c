package org.almosttls.jsse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.almosttls.config.ApplicationProtocolSelector;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.CredentialSource;
import org.almosttls.config.EarlyTerms;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.PeerVerifier;
import org.almosttls.config.RecordSizes;
import org.almosttls.config.ServerNamePolicy;
import org.almosttls.config.SessionStore;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.StapleSource;
import org.almosttls.config.Stapling;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.Endpoint;
import org.almosttls.jsse.ConnectionPolicy.Left;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;

/** What the caller of one engine or socket has asked for so far; the handshake takes it as it is when it begins. */
final class ConnectionWishes {

    /** The platform's switch: whether clients ask for short records by max_fragment_length. */
    private static final String FRAGMENT_LENGTH_TOO = "jsse.enableMFLNExtension";

    /** The platform's switch: whether clients ask for the status of their server's certificate. */
    private static final String STATUS_TOO = "jdk.tls.client.enableStatusRequestExtension";

    /** The platform's switch: whether servers staple. */
    private static final String STAPLES = "jdk.tls.server.enableStatusRequestExtension";

    /** What a server that does not take it after all passes over in records of any sensible size. */
    private static final int MOST_EARLY = 1 << 15;

    private final ContextMeans means;
    /** Where this has null, the context's preferences for the role hold. */
    private final SSLParameters chosen;

    private final ExternalKeys externalKeys = new ExternalKeys();
    private EarlyTerms early = EarlyTerms.NONE;

    private Role role;
    private boolean sessionCreation = true;

    ConnectionWishes(ContextMeans means, Role role) {
        this(means, role, new SSLParameters());
        // As the platform: a server's own order wins unless its application says otherwise.
        chosen.setUseCipherSuitesOrder(true);
    }

    private ConnectionWishes(ContextMeans means, Role role, SSLParameters chosen) {
        this.means = means;
        this.role = role;
        this.chosen = chosen;
    }

    /** The same wishes for another connection, as a listening socket hands them on. */
    synchronized ConnectionWishes copy() {
        var copy = new ConnectionWishes(means, role, SslParametersMapping.copy(chosen));
        copy.sessionCreation = sessionCreation;
        return copy;
    }

    ExternalKeys externalKeys() {
        return externalKeys;
    }

    /** RFC 8446 §4.2.10: data that a client sends with its hello. */
    synchronized void sendEarly(byte[] data) {
        if (data.length == 0) throw new IllegalArgumentException("data expected");
        early = EarlyTerms.sending(data.clone());
    }

    /** RFC 8446 §4.2.10, §8: how much of it a server takes, each once. */
    synchronized void acceptEarly(int most) {
        if (most < 1 || most > MOST_EARLY)
            throw new IllegalArgumentException("1 to " + MOST_EARLY + " octets expected");
        early = EarlyTerms.taking(most, means.tickets().register());
    }

    synchronized Role role() {
        return role;
    }

    synchronized void role(Role wanted) {
        role = wanted;
    }

    synchronized boolean sessionCreation() {
        return sessionCreation;
    }

    synchronized void sessionCreation(boolean wanted) {
        sessionCreation = wanted;
    }

    /** A context of the textbook protocol speaks nothing else: lists made for other contexts do not change that. */
    synchronized String[] protocols() {
        if (means.preferences().isTextbook()) return means.preferences().supportedProtocols();
        var names = chosen.getProtocols();
        return names != null ? names : means.preferences().protocols(role).toArray(new String[0]);
    }

    synchronized void protocols(String... names) {
        Supported.checkProtocols(names);
        chosen.setProtocols(names);
    }

    synchronized String[] suites() {
        if (means.preferences().isTextbook()) return means.preferences().supportedSuites();
        var names = chosen.getCipherSuites();
        return names != null ? names : means.preferences().cipherSuites(role).toArray(new String[0]);
    }

    synchronized void suites(String... names) {
        Supported.checkSuites(names);
        chosen.setCipherSuites(names);
    }

    String[] supportedProtocols() {
        return means.preferences().supportedProtocols();
    }

    String[] supportedSuites() {
        return means.preferences().supportedSuites();
    }

    synchronized ClientAuthentication clientAuthentication() {
        if (chosen.getNeedClientAuth()) return ClientAuthentication.NEED;
        return chosen.getWantClientAuth() ? ClientAuthentication.WANT : ClientAuthentication.NONE;
    }

    synchronized void clientAuthentication(ClientAuthentication wanted) {
        if (wanted == ClientAuthentication.NEED) chosen.setNeedClientAuth(true);
        else chosen.setWantClientAuth(wanted == ClientAuthentication.WANT);
    }

    synchronized List<String> applicationProtocols() {
        return List.of(chosen.getApplicationProtocols());
    }

    synchronized void takeOver(SSLParameters parameters) {
        SslParametersMapping.takeOver(parameters, chosen);
    }

    /** All of it, defaults filled in; {@code host} is the peer's as far as it is known, else empty. */
    synchronized SSLParameters parameters(String host) {
        var all = SslParametersMapping.copy(chosen);
        all.setProtocols(protocols());
        all.setCipherSuites(suites());
        // AlmostTLSv1 §4: Bob always checks the name, unless his application says by "" that it does so itself.
        if (all.getEndpointIdentificationAlgorithm() == null && speaksOnlyTextbook())
            all.setEndpointIdentificationAlgorithm("HTTPS");
        if (all.getServerNames() == null)
            serverName(host).flatMap(SessionFacts::hostName).ifPresent(name -> all.setServerNames(List.of(name)));
        return all;
    }

    /**
     * The same for the connection to come.
     *
     * @throws SSLHandshakeException if nothing of what is enabled may be used
     */
    synchronized TlsConfig config(
            String host,
            PeerVerifier verifier,
            CredentialSource credentials,
            ApplicationProtocolSelector selector,
            SessionStore sessions)
            throws SSLHandshakeException {
        var suites = tlsSuites();
        var versions = versions(suites);
        var crypto = means.lending().crypto().get();
        var left = new Left(
                versions,
                cipherSuites(versions, suites),
                groups().stream().filter(crypto::supports).toList(),
                schemes().stream().filter(crypto::supports).toList());
        var policy = new ConnectionPolicy(role, means.preferences(), chosen, left);
        if (versions.isEmpty()) throw SslExceptions.ofNothingLeft(policy.removals());
        return new TlsConfig(
                role,
                versions,
                left.suites(),
                left.groups(),
                means.preferences().disabled().leastFieldBits(),
                left.schemes(),
                certificateSchemes(),
                role == Role.CLIENT ? serverName(host) : Optional.empty(),
                serverNamePolicy(),
                applicationProtocols(),
                selector,
                clientAuthentication(),
                chosen.getUseCipherSuitesOrder(),
                means.textbook(),
                onRequest(),
                RecordSizes.ofPackets(chosen.getMaximumPacketSize(), Asked.flag(FRAGMENT_LENGTH_TOO)),
                KeyLimitRules.current(),
                stapling(),
                early,
                policy,
                verifier,
                credentials,
                sessions,
                crypto,
                means::random,
                means.lending().clock());
    }

    /** Where names are checked as for HTTPS, HTTP is spoken, and nothing is compressed beside its cookies. */
    private OnRequest onRequest() {
        var wanted = means.lending().onRequest().get();
        boolean https = "HTTPS".equalsIgnoreCase(chosen.getEndpointIdentificationAlgorithm());
        return https && wanted.has(Feature.COMPRESSION) ? wanted.without(Feature.COMPRESSION) : wanted;
    }

    private Stapling stapling() {
        if (role == Role.CLIENT)
            return new Stapling(Boolean.parseBoolean(Asked.property(STATUS_TOO, "true")), StapleSource.none());
        return Asked.flag(STAPLES)
                ? new Stapling(false, means.lending().staples().get())
                : Stapling.NONE;
    }

    /** What a session of the connection to come depends on; a server does not know its clients. */
    synchronized Meeting meeting(Endpoint peer) {
        var identification = chosen.getEndpointIdentificationAlgorithm();
        var meeting = Meeting.of(
                        peer,
                        means,
                        identification == null ? "" : identification,
                        Optional.ofNullable(chosen.getAlgorithmConstraints()))
                .after(means.lending().reloading().changes());
        return role == Role.CLIENT
                ? meeting
                : meeting.withSomebody(clientAuthentication() != ClientAuthentication.NONE);
    }

    /** A client that does not know its peer could not offer the session to anybody. */
    synchronized NewSessions newSessions(Endpoint peer) {
        if (!sessionCreation) return NewSessions.REFUSED;
        return role == Role.SERVER || meeting(peer).isWithSomebodyKnown() ? NewSessions.KEPT : NewSessions.NOT_KEPT;
    }

    /** TLS has no part in it, whatever its suites. */
    private boolean speaksOnlyTextbook() {
        return versions(List.of()).equals(List.of(ProtocolVersion.ALMOST_1));
    }

    /**
     * Whoever asks for any TLS does not mean AlmostTLSv1 instead, whatever is left of that TLS: a client cannot offer
     * both, and a server may speak both but not AlmostTLSv1 alone.
     *
     * @param suites of TLS; a version without any is none
     */
    private List<ProtocolVersion> versions(List<CipherSuite> suites) {
        var permitted = permitted(Supported.protocols(protocols())).stream()
                .filter(version ->
                        !version.isTls() || suites.stream().anyMatch(suite -> Supported.goTogether(version, suite)))
                .toList();
        var ofTls = permitted.stream().filter(ProtocolVersion::isTls).toList();
        boolean asksForTls =
                Arrays.stream(protocols()).anyMatch(name -> !name.equals(ProtocolVersion.ALMOST_1.jsseName()));
        return asksForTls && (role == Role.CLIENT || ofTls.isEmpty()) ? ofTls : permitted;
    }

    private List<ProtocolVersion> permitted(List<ProtocolVersion> versions) {
        return versions.stream()
                .filter(version -> means.preferences().disabled().permitsProtocol(version.jsseName()))
                .filter(version -> constraints().permit(version.jsseName()))
                .filter(version ->
                        !version.equals(ProtocolVersion.TLS_1_1) || OldSignatures.areLeft(disabled(), schemes()))
                .toList();
    }

    private DisabledAlgorithms disabled() {
        return means.preferences().disabled();
    }

    /** The suite of AlmostTLSv1 goes with its version, and is never chosen by itself. */
    private List<CipherSuite> cipherSuites(List<ProtocolVersion> versions, List<CipherSuite> suites) {
        var almost = versions.contains(ProtocolVersion.ALMOST_1)
                ? List.of(CipherSuite.ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256)
                : List.<CipherSuite>of();
        var ofTls = suites.stream()
                .filter(suite -> versions.stream().anyMatch(version -> Supported.goTogether(version, suite)));
        return Stream.concat(ofTls, almost.stream()).toList();
    }

    private List<CipherSuite> tlsSuites() {
        return Supported.suites(suites()).stream()
                .filter(disabled()::permits)
                .filter(suite -> constraints().permit(suite.name()))
                .toList();
    }

    /** Names that are not known are passed over, as JSSE says; ours is the order of preference where none is set. */
    private List<NamedGroup> groups() {
        var preferences = means.preferences();
        return NewerParameter.NAMED_GROUPS
                .of(chosen)
                .map(names -> inOrderOf(names, preferences.groupsToName(role), NamedGroup::name))
                .orElseGet(() -> preferences.groups(role))
                .stream()
                .filter(constraints()::permit)
                .toList();
    }

    private List<SignatureScheme> schemes() {
        return wished(means.preferences().schemes(role));
    }

    /** As on newer platforms, the application's list and constraints are for both. */
    synchronized List<SignatureScheme> certificateSchemes() {
        return wished(means.preferences().certificateSchemes(role));
    }

    private List<SignatureScheme> wished(List<SignatureScheme> permitted) {
        return NewerParameter.SIGNATURE_SCHEMES
                .of(chosen)
                .map(names -> inOrderOf(names, permitted, SignatureScheme::name))
                .orElse(permitted)
                .stream()
                .filter(constraints()::permit)
                .toList();
    }

    private static <T> List<T> inOrderOf(List<String> names, List<T> permitted, Function<T, String> nameOf) {
        return names.stream()
                .flatMap(name ->
                        permitted.stream().filter(each -> nameOf.apply(each).equalsIgnoreCase(name)))
                .toList();
    }

    private Constraints constraints() {
        return Constraints.of(chosen);
    }

    /** RFC 6066 §3: the name asked for; without a wish, the peer's if it is a qualified DNS name. */
    private Optional<String> serverName(String host) {
        List<SNIServerName> names = chosen.getServerNames();
        if (names != null)
            return names.stream()
                    .filter(SNIHostName.class::isInstance)
                    .map(name -> ((SNIHostName) name).getAsciiName())
                    .findFirst();
        if (!Boolean.parseBoolean(Asked.property("jsse.enableSNIExtension", "true"))) return Optional.empty();
        boolean qualified = host.indexOf('.') > 0 && !host.endsWith(".") && !isAddress(host);
        return qualified ? Optional.of(host) : Optional.empty();
    }

    /** RFC 6066 §3: literal addresses are no host names. No top-level domain ends in a digit. */
    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1));
    }

    private ServerNamePolicy serverNamePolicy() {
        var matchers = chosen.getSNIMatchers();
        if (matchers == null || matchers.isEmpty()) return ServerNamePolicy.any();
        var ofHosts = matchers.stream()
                .filter(matcher -> matcher.getType() == StandardConstants.SNI_HOST_NAME)
                .toList();
        return name -> ofHosts.isEmpty()
                || SessionFacts.hostName(name)
                        .filter(host -> ofHosts.stream().anyMatch(matcher -> matcher.matches(host)))
                        .isPresent();
    }
}
