package org.almosttls.handshake.tls12.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.LeafKey;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Tls12Suite;

/**
 * RFC 5246 §7.4.1.3, §7.4.2, RFC 8422 §4: finds suite, certificate, group and scheme that go together, the best suite
 * first. Each kind of key is asked for once.
 */
final class Selector {

    /**
     * Why a suite will not do, the least telling reason first. RFC 7919 §4: where no curve is left either, it is the
     * fields that count.
     */
    private static final List<Violation> REASONS = List.of(
            Violation.NO_CREDENTIAL, Violation.NO_COMMON_GROUP, Violation.NO_COMMON_FIELD, Violation.NO_COMMON_SCHEME);

    private static final int MOST_TOLD = 20;

    private final TlsConfig config;
    private final ClientOffer offer;
    private final Map<String, Optional<Credential>> asked = new HashMap<>();
    private final Map<KeyExchange, Choice> groups = new EnumMap<>(KeyExchange.class);
    private Predicate<Credential> signed = credential -> true;

    Selector(TlsConfig config, ClientOffer offer) {
        this.config = config;
        this.offer = offer;
    }

    /** The best that goes together, else the most telling reason why nothing does. */
    Selection select() throws TlsAlertException {
        try {
            // RFC 5246 §7.4.2, RFC 8446 §4.2.3: certificates are signed by schemes that the client verifies.
            signed = credential -> offer.takes(credential.chain());
            return best();
        } catch (TlsAlertException noneIs) {
            // RFC 8446 §4.4.2.2: rather than give up, a server shows a chain of its choice; the client may know it.
            signed = credential -> true;
            return best();
        }
    }

    private Selection best() throws TlsAlertException {
        var unfit = new ArrayList<TlsAlertException>();
        for (var suite : commonSuites()) {
            try {
                return select(suite);
            } catch (TlsAlertException reason) {
                unfit.add(reason);
            }
        }
        throw unfit.stream()
                .max(Comparator.comparing(reason -> REASONS.indexOf(reason.violation())))
                .orElse(Violation.NO_COMMON_SUITE.exception(
                        "offered " + some(offer.hello().cipherSuites()) + ", enabled " + config.cipherSuites()));
    }

    private List<Tls12Suite> commonSuites() {
        var offered = offer.hello().cipherSuites();
        return inOrder(config.cipherSuites(), offered).stream()
                .flatMap(suite -> Tls12Suite.of(suite).stream())
                .toList();
    }

    /** What both lists have, in the order of whoever's preference counts. */
    private <T> List<T> inOrder(List<T> own, List<T> offered) {
        return config.serverPreference()
                ? own.stream().filter(offered::contains).toList()
                : offered.stream().filter(own::contains).distinct().toList();
    }

    private Selection select(Tls12Suite suite) throws TlsAlertException {
        var leaves = servingCredentials(suite);
        if (!suite.keyExchange().isEphemeral()) return new Selection(suite, leaves.get(0), Optional.empty());
        var group = groups.computeIfAbsent(suite.keyExchange(), this::choose).orThrow();
        for (var credential : onOfferedCurve(leaves)) {
            var scheme = LeafKey.schemeFor(credential, offer.schemes(), config);
            if (scheme.isPresent()) {
                var ephemeral = new Selection.Ephemeral(group, scheme.get());
                return new Selection(suite, credential, Optional.of(ephemeral));
            }
        }
        throw Violation.NO_COMMON_SCHEME.exception("offered " + some(offer.schemes()) + ", enabled "
                + config.signatureSchemes() + ", for " + suite.suite());
    }

    private List<Credential> servingCredentials(Tls12Suite suite) throws TlsAlertException {
        var keyTypes = suite.authentication().keyTypes();
        var credentials = keyTypes.stream()
                .flatMap(keyType -> credential(keyType, suite.suite()).stream())
                .toList();
        if (credentials.isEmpty())
            throw Violation.NO_CREDENTIAL.exception(
                    suite.suite() + " wants a key of type " + String.join(" or ", keyTypes));
        var serving = credentials.stream()
                .filter(each -> new LeafKey(each.certificate()).serves(suite))
                .filter(signed)
                .toList();
        if (serving.isEmpty())
            throw Violation.NO_CREDENTIAL.exception("the key usage of " + credentials + " forbids " + suite.suite());
        return serving;
    }

    /** RFC 8422 §5.3: a certificate's curve must be one that the client supports. */
    private List<Credential> onOfferedCurve(List<Credential> credentials) throws TlsAlertException {
        if (offer.groups().isEmpty()) return credentials;
        var offered = offer.groups().get();
        var fitting = credentials.stream()
                .filter(each -> new LeafKey(each.certificate()).curve().stream().allMatch(offered::contains))
                .toList();
        if (fitting.isEmpty())
            throw Violation.NO_COMMON_GROUP.exception(
                    "offered " + some(offered) + ", which is not the curve of " + credentials);
        return fitting;
    }

    /** A group, or why there is none; found once, since a client may offer very many. */
    private record Choice(Optional<NamedGroup> group, TlsAlertException otherwise) {

        NamedGroup orThrow() throws TlsAlertException {
            if (group.isEmpty()) throw otherwise;
            return group.get();
        }
    }

    private Choice choose(KeyExchange exchange) {
        return exchange == KeyExchange.DHE ? field() : curve();
    }

    private Choice curve() {
        return groupAmong(offer.groups().orElse(config.groups()), false, Violation.NO_COMMON_GROUP);
    }

    /** RFC 7919 §4: a client that names any field wants one of those; one that names none has no say, and no blame. */
    private Choice field() {
        var offered = offer.groups().orElse(List.of());
        boolean hasSay = offered.stream().anyMatch(NamedGroup::isFiniteField);
        return hasSay
                ? groupAmong(offered, true, Violation.NO_COMMON_FIELD)
                : groupAmong(config.groups(), true, Violation.NO_COMMON_GROUP);
    }

    private Choice groupAmong(List<NamedGroup> offered, boolean fields, Violation otherwise) {
        var group = inOrder(config.groups(), offered).stream()
                .filter(each -> each.isFiniteField() == fields)
                .filter(config.crypto()::supports)
                .findFirst();
        return new Choice(group, otherwise.exception("offered " + some(offered) + ", enabled " + config.groups()));
    }

    /** Of a list that the peer has made, as much as anybody reads. */
    private static String some(List<?> offered) {
        return offered.size() <= MOST_TOLD ? offered.toString() : offered.subList(0, MOST_TOLD) + "...";
    }

    private Optional<Credential> credential(String keyType, CipherSuite suite) {
        return asked.computeIfAbsent(
                keyType,
                type -> config.credentials()
                        .select(new CredentialRequest(List.of(type), List.of(), offer.facts(suite, protocol()))));
    }

    /** What ALPN will choose, if the credential can be chosen by it. */
    private Optional<String> protocol() {
        return offer.applicationProtocols().flatMap(names -> offer.past().foresee(names, config.protocolSelector()));
    }
}
