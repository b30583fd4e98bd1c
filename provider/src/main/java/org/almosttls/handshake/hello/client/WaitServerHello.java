package org.almosttls.handshake.hello.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.hello.Newest;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.handshake.tls12.client.HelloAgreement;
import org.almosttls.handshake.tls12.client.IgnoringHelloRequests;
import org.almosttls.handshake.tls13.client.Offer;
import org.almosttls.handshake.tls13.client.OfferedKeys;
import org.almosttls.handshake.tls13.client.OwnShares;
import org.almosttls.handshake.tls13.client.ServerAnswer;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HelloRequest;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;

/**
 * The client has offered; the server's answer decides the version (RFC 8446 §4.1.3, RFC 5246 §E.1), and with it who goes
 * on.
 *
 * @param older the session up to TLS 1.2 that is in the offer; owns its secret
 * @param keys what of TLS 1.3 is in the offer to go on from; owns the secrets
 * @param past the handshake before this one, if there was one
 * @param shares the keys of which the offer has the public ones; owns them
 * @param ignored RFC 5246 §7.4.1.1: how many HelloRequests have come instead of the answer
 */
record WaitServerHello(
        TlsConfig config,
        EncodedMessage offer,
        Optional<ResumableSession> older,
        OfferedKeys keys,
        Past past,
        OwnShares shares,
        int ignored)
        implements HandshakeState {

    /** RFC 5246 §7.4.1.4.1, RFC 8446 §4.2, RFC 7685 §3: what a server must not send, also to a client that has. */
    private static final Set<ExtensionType> OF_CLIENTS =
            Set.of(ExtensionType.SIGNATURE_ALGORITHMS, ExtensionType.SIGNATURE_ALGORITHMS_CERT, ExtensionType.PADDING);

    private static final List<ExtensionType> OF_NEWER = List.of(ExtensionType.KEY_SHARE, ExtensionType.PRE_SHARED_KEY);

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof ServerHello answer) return onServerHello(answer, in);
        if (in.message() instanceof HelloRequest) return ignoring();
        // RFC 8446 §5: dropped from the first hello on, if a version is offered that knows such a thing.
        if (in.message() instanceof ChangeCipherSpec && hello().extensions().has(ExtensionType.KEY_SHARE))
            return Transition.to(this);
        throw unexpected(in);
    }

    private Transition ignoring() throws TlsAlertException {
        Violation.TOO_MANY_HELLO_REQUESTS.when(ignored == IgnoringHelloRequests.MOST);
        return Transition.to(new WaitServerHello(config, offer, older, keys, past, shares, ignored + 1));
    }

    private Transition onServerHello(ServerHello answer, Received in) throws TlsAlertException {
        Violation.DUPLICATE_EXTENSION.when(answer.extensions().hasDuplicates());
        requireOffered(answer);
        var selected = answer.extensions().find(SelectedVersion.class).map(SelectedVersion::version);
        if (selected.isPresent()) return newer(selected.get(), answer, in);
        // RFC 8446 §4.1.3, §4.1.4: what a HelloRetryRequest is its random says, and it names its version.
        if (answer.isHelloRetryRequest() && offeredVersions().contains(Newest.VERSION))
            throw Violation.EXTENSION_MISSING.exception(ExtensionType.SUPPORTED_VERSIONS.name());
        return older(answer, in);
    }

    /** RFC 8446 §4.2.1: one that was offered, and none that legacy_version could say. */
    private Transition newer(ProtocolVersion selected, ServerHello answer, Received in) throws TlsAlertException {
        if (!selected.equals(Newest.VERSION) || !offeredVersions().contains(selected))
            throw Violation.VERSION_NOT_OFFERED.exception(selected.jsseName());
        var first = Offer.first(config, selected, offer, shares, keys)
                .followedBy(past.renewal().next());
        var next = new ServerAnswer(first, answer, in).begin();
        older.ifPresent(ResumableSession::close);
        return next;
    }

    private Transition older(ServerHello answer, Received in) throws TlsAlertException {
        var rules = rulesOf(answer.legacyVersion());
        // RFC 8446 §4.2.10, §D.3: who has sent early data fails, since the server could not have passed over it.
        Violation.EARLY_DATA_DOWNGRADED.when(hello().extensions().has(ExtensionType.EARLY_DATA));
        // RFC 8446 §4.1.3: who could have had more than this sees by the mark that someone talked the server down.
        Violation.DOWNGRADED.when(offeredVersions().stream().anyMatch(version -> DowngradeMark.in(answer, version)));
        // RFC 8446 §4.2: these have a meaning in TLS 1.3 only.
        for (var type : OF_NEWER)
            if (answer.extensions().has(type)) throw Violation.EXTENSION_MISPLACED.exception(type.name());
        var next = new HelloAgreement(rules.within(config), rules, offer, older, answer, in.bytes(), past).begin();
        close();
        return next.wrapping(state -> new IgnoringHelloRequests(state, ignored));
    }

    @Override
    public void close() {
        older.ifPresent(ResumableSession::close);
        keys.close();
        shares.close();
    }

    /** RFC 5246 §7.4.1.4, RFC 8446 §4.2: an extension type must not appear unless the client offered it. */
    private void requireOffered(ServerHello answer) throws TlsAlertException {
        for (var type : answer.extensions().types()) {
            if (!isOffered(type, answer.isHelloRetryRequest()))
                throw Violation.EXTENSION_NOT_OFFERED.exception(type.name());
            if (OF_CLIENTS.contains(type)) throw Violation.EXTENSION_MISPLACED.exception(type.name());
        }
    }

    private boolean isOffered(ExtensionType type, boolean retries) {
        // RFC 8446 §4.2.2: the one extension that a server begins with.
        if (retries && type.equals(ExtensionType.COOKIE)) return true;
        // RFC 8701 §3.1: a value that stands for nothing must not be chosen, though it was in the offer.
        return !type.isGrease() && hello().extensions().has(type);
    }

    private Tls12Rules rulesOf(ProtocolVersion chosen) throws TlsAlertException {
        var rules = Tls12Rules.of(chosen);
        if (rules.isPresent() && config.versions().contains(chosen)) return rules.get();
        // RFC 5246 §7.4.1.3: the lower of what the client offers and what the server has.
        if (chosen.code() > hello().legacyVersion().code())
            throw Violation.VERSION_NOT_OFFERED.exception(chosen.jsseName());
        // RFC 5246 §E.1: a client that does not want what the server chose says protocol_version.
        throw Violation.VERSION_NOT_SUPPORTED.exception("server chose " + chosen + ", enabled " + config.versions());
    }

    private List<ProtocolVersion> offeredVersions() {
        return hello().extensions()
                .find(SupportedVersions.class)
                .map(SupportedVersions::versions)
                .map(all -> all.stream().filter(version -> !version.isGrease()).toList())
                .orElse(List.of(hello().legacyVersion()));
    }

    private ClientHello hello() {
        return (ClientHello) offer.message();
    }
}
