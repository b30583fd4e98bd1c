package org.almosttls.handshake.tls13.server;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Tls13Suite;

/**
 * RFC 8446 §4.1.1: suite and group, which are chosen apart from each other and from all else.
 *
 * @param share the client's in that group, if it has sent one
 */
record Selection(Tls13Suite suite, NamedGroup group, Optional<KeyShareEntry> share) {

    private static final int MOST_TOLD = 20;

    static Selection of(ClientOffer offer) throws TlsAlertException {
        return offer.retried().isPresent() ? again(offer, offer.retried().get()) : first(offer);
    }

    private static Selection first(ClientOffer offer) throws TlsAlertException {
        var group = group(offer);
        return new Selection(suite(offer), group, shareIn(group, offer));
    }

    /** RFC 8446 §4.1.4, §4.2.8: all as before, and the one share that was asked for. */
    private static Selection again(ClientOffer offer, ClientOffer.Retried before) throws TlsAlertException {
        var share = shareIn(before.group(), offer);
        Violation.KEY_SHARE_NOT_AS_REQUESTED.unless(
                share.isPresent() && offer.shares().size() == 1);
        return new Selection(before.suite(), before.group(), share);
    }

    private static Tls13Suite suite(ClientOffer offer) throws TlsAlertException {
        var config = offer.config();
        var offered = offer.hello().cipherSuites();
        var common = inOrder(config.cipherSuites(), offered, config)
                .flatMap(suite -> Tls13Suite.of(suite).stream())
                .toList();
        var hash = offer.hashOfExternalKey();
        return common.stream()
                .filter(suite -> hash.equals(Optional.of(suite.hash())))
                .findFirst()
                .or(() -> common.stream().findFirst())
                .orElseThrow(() -> Violation.NO_COMMON_SUITE.exception(
                        "offered " + some(offered) + ", enabled " + config.cipherSuites()));
    }

    /** The best that needs no HelloRetryRequest, else the best of all. */
    private static NamedGroup group(ClientOffer offer) throws TlsAlertException {
        var config = offer.config();
        var common = inOrder(config.groups(), offer.groups(), config)
                .filter(config.crypto()::supports)
                .toList();
        return common.stream()
                .filter(group -> shareIn(group, offer).isPresent())
                .findFirst()
                .or(() -> common.stream().findFirst())
                .orElseThrow(() -> Violation.NO_COMMON_GROUP.exception(
                        "offered " + some(offer.groups()) + ", enabled " + config.groups()));
    }

    private static Optional<KeyShareEntry> shareIn(NamedGroup group, ClientOffer offer) {
        return offer.shares().stream()
                .filter(share -> share.group().equals(group))
                .findFirst();
    }

    /** What both lists have, in the order of whoever's preference counts. */
    private static <T> Stream<T> inOrder(List<T> own, List<T> offered, TlsConfig config) {
        return config.serverPreference()
                ? own.stream().filter(offered::contains)
                : offered.stream().filter(own::contains);
    }

    /** Of a list that the peer has made, as much as anybody reads. */
    static String some(List<?> offered) {
        return offered.size() <= MOST_TOLD ? offered.toString() : offered.subList(0, MOST_TOLD) + "...";
    }
}
