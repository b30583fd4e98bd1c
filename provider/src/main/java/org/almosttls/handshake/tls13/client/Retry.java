package org.almosttls.handshake.tls13.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.Extension;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.RequestedKeyShare;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Tls13Suite;

/** RFC 8446 §4.1.4: the server would go on, but with another hello. */
record Retry(Offer offer, ServerHello request, Tls13Suite suite) {

    /** RFC 8446 §4.1.2: made anew if it is needed, or not permitted in a second hello. */
    private static final Set<ExtensionType> DROPPED =
            Set.of(ExtensionType.PADDING, ExtensionType.PRE_SHARED_KEY, ExtensionType.EARLY_DATA);

    private static final int MOST_EXTENSIONS = 0xFFFF;

    /** No group has one of so many octets. */
    private static final int LONGEST_SHARE = 4096;

    Transition begin(Received in) throws TlsAlertException {
        Violation.RETRY_REPEATED.when(offer.retry().isPresent());
        var group = request.extensions().find(RequestedKeyShare.class).map(RequestedKeyShare::group);
        var cookie = request.extensions().find(Cookie.class);
        // RFC 8446 §4.1.4: nor must it be one that would not result in any change.
        Violation.RETRY_CHANGES_NOTHING.when(group.isEmpty() && cookie.isEmpty());
        if (group.isPresent()) requireUseful(group.get());
        if (cookie.isPresent()) requireRoom(cookie.get());
        var shares = group.isPresent() ? OwnShares.of(List.of(group.get()), offer.config()) : offer.shares();
        var config = offer.config();
        var before = Transcript.EMPTY
                .plus(offer.encoded().bytes())
                .hashed(config.crypto(), suite.hash())
                .plus(in.bytes());
        // RFC 8446 §4.1.4: what goes with another hash than the suite's cannot go on.
        var keys = offer.keys().ofHash(suite.hash());
        var hello = encoded(changed(shares, cookie), before, keys);
        var next = new Offer(config, offer.version(), hello, shares, before, Optional.of(request), keys, offer.next());
        var transition = Transition.to(new WaitSecondServerHello(next))
                .decode(HandshakeDecoder.TLS_1_3)
                .useAlerts(AlertProtocol.TLS_1_3)
                .fixSentVersion(WaitHandshakeKeys.RECORD_VERSION);
        if (group.isPresent()) offer.shares().close();
        offer.keys().closeAllBut(keys);
        // RFC 8446 §D.4: before the second flight, which this hello is.
        boolean sends = offer.isCompatible() && !offer.hasEarlyData();
        return (sends ? transition.sendChangeCipherSpec() : transition).send(hello);
    }

    /** RFC 8446 §4.2.8: a group that was offered, and that there is no share of yet. */
    private void requireUseful(NamedGroup group) throws TlsAlertException {
        var offered = offer.hello().extensions().find(SupportedGroups.class).map(SupportedGroups::groups);
        boolean known = offered.orElse(List.of()).contains(group)
                && offer.config().groups().contains(group)
                && offer.config().crypto().supports(group);
        if (!known) throw Violation.GROUP_NOT_OFFERED.exception(group.name());
        if (offer.shares().has(group)) throw Violation.RETRY_CHANGES_NOTHING.exception(group.name());
    }

    /** RFC 8446 §4.2: all extensions of a hello have a length of two octets; those there are may get longer by a share. */
    private void requireRoom(Cookie cookie) throws TlsAlertException {
        int others = offer.encoded().bytes().length + LONGEST_SHARE;
        Violation.COOKIE_TOO_LONG.when(cookie.cookie().length > MOST_EXTENSIONS - others);
    }

    /** RFC 8446 §4.2.11.2: the binders cover all that was said. */
    private EncodedMessage encoded(ClientHello hello, Transcript before, OfferedKeys keys) {
        return keys.isEmpty()
                ? EncodedMessage.of(hello)
                : keys.bound(keys.in(hello, offer.config()), before, offer.config());
    }

    /** RFC 8446 §4.1.2: the same again but for the key share, the cookie and what is dropped. */
    private ClientHello changed(OwnShares shares, Optional<Cookie> cookie) {
        var hello = offer.hello();
        var all = new ArrayList<Extension>();
        for (var extension : hello.extensions().all()) {
            if (extension instanceof KeyShares) all.add(shares.extension());
            else if (!DROPPED.contains(extension.type())) all.add(extension);
        }
        cookie.ifPresent(all::add);
        return hello.with(all);
    }
}
