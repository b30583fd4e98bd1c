package org.almosttls.handshake.tls13.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.CompressCertificate;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.Extension;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls13Suite;

/**
 * What a ClientHello means in this version.
 *
 * @param version the one of this family that the client offers
 * @param transcript up to and including the hello
 * @param retried what the client was asked to change, if this is its second hello
 * @param next what is wanted when the client is asked, after the handshake, who it is
 */
record ClientOffer(
        TlsConfig config,
        ProtocolVersion version,
        ClientHello hello,
        Transcript transcript,
        Optional<Retried> retried,
        NextHandshake next) {

    /** RFC 8446 §4.1.4: what stays chosen whatever the second hello says. */
    record Retried(Tls13Suite suite, NamedGroup group) {}

    /** What holds for each hello, whichever this is. */
    void requireSound() throws TlsAlertException {
        byte[] compression = hello.compressionMethods();
        // RFC 8446 §4.1.2: exactly one octet, set to zero.
        Violation.COMPRESSION_OFFERED.unless(compression.length == 1 && compression[0] == 0);
        // RFC 8446 §4.2.2: not in a first hello, and no server here ever asks for one.
        Violation.COOKIE_NOT_GIVEN.when(has(Cookie.class));
        // RFC 8446 §4.2.5: nothing that a client says.
        if (hello.extensions().has(ExtensionType.OID_FILTERS))
            throw Violation.EXTENSION_MISPLACED.exception(ExtensionType.OID_FILTERS.name());
        // RFC 8446 §9.2: without a pre-shared key these must be there.
        if (preSharedKeys().isPresent()) requireSoundKeys(preSharedKeys().get());
        else requirePresent(SignatureAlgorithms.class, ExtensionType.SIGNATURE_ALGORITHMS);
        requirePresent(SupportedGroups.class, ExtensionType.SUPPORTED_GROUPS);
        requirePresent(KeyShares.class, ExtensionType.KEY_SHARE);
        requireSoundShares();
    }

    /** RFC 8446 §4.2.9, §4.2.11: with a binder for each, behind all else, and beside psk_key_exchange_modes. */
    private void requireSoundKeys(OfferedPreSharedKeys offered) throws TlsAlertException {
        OfferedPreSharedKeys.checkPlace(hello.extensions());
        requirePresent(PreSharedKeyModes.class, ExtensionType.PSK_KEY_EXCHANGE_MODES);
        Violation.PSK_BINDERS_MISCOUNTED.unless(
                offered.identities().size() == offered.binders().size());
    }

    /** RFC 8446 §4.4.2: for a handshake whose server shows its certificate. */
    void requireSchemes() throws TlsAlertException {
        if (hopesForExternalKey()) Violation.PSK_UNKNOWN.unless(has(SignatureAlgorithms.class));
        requirePresent(SignatureAlgorithms.class, ExtensionType.SIGNATURE_ALGORITHMS);
    }

    Optional<OfferedPreSharedKeys> preSharedKeys() {
        return find(OfferedPreSharedKeys.class);
    }

    /** RFC 8446 §4.2.9: whether sessions can go on in the one way that keeps what is said from who learns their keys. */
    boolean takesTickets() {
        return find(PreSharedKeyModes.class)
                .filter(offered -> offered.modes().contains(PreSharedKeyModes.PSK_WITH_KEY_SHARE))
                .isPresent();
    }

    /** How many of the keys that are offered are looked at, if the client uses them in the one way that is used here. */
    int usableKeys() {
        int offered = preSharedKeys().map(keys -> keys.identities().size()).orElse(0);
        return takesTickets() ? Math.min(offered, ChosenKey.MOST_LOOKED_AT) : 0;
    }

    /**
     * RFC 8446 §4.2.11: the suite must have the hash of the key. Which hash that is only the length of the binder tells as
     * long as nobody has looked for the key; and whether it is known must not show in the choice of a suite.
     */
    Optional<HashAlgorithm> hashOfExternalKey() {
        var known = config.credentials().externalHashes();
        return preSharedKeys().stream()
                .flatMap(keys -> keys.binders().stream())
                .limit(usableKeys())
                .flatMap(binder -> known.stream().filter(hash -> hash.length() == binder.length))
                .findFirst();
    }

    /** Whether it is a key shared by other means that the client hopes to be known by, and may be. */
    boolean hopesForExternalKey() {
        return usableKeys() > 0 && !config.credentials().externalHashes().isEmpty() && mayBegin();
    }

    /** Whether a session may come to be that does not go on from another. */
    boolean mayBegin() {
        return config.sessions().newSessions() != NewSessions.REFUSED;
    }

    private void requirePresent(Class<? extends Extension> kind, ExtensionType type) throws TlsAlertException {
        if (!has(kind)) throw Violation.EXTENSION_MISSING.exception(type.name());
    }

    /** RFC 8446 §4.2.8: one for a group at most, of the groups that are supported, and in their order. */
    private void requireSoundShares() throws TlsAlertException {
        var places = new HashMap<NamedGroup, Integer>();
        for (var group : groups()) places.putIfAbsent(group, places.size());
        int last = -1;
        var seen = new HashSet<NamedGroup>();
        for (var share : shares()) {
            if (!seen.add(share.group()))
                throw Violation.KEY_SHARE_TWICE.exception(share.group().name());
            var place = places.get(share.group());
            if (place == null)
                throw Violation.KEY_SHARE_WITHOUT_GROUP.exception(share.group().name());
            Violation.KEY_SHARES_OUT_OF_ORDER.when(place < last);
            last = place;
        }
    }

    List<NamedGroup> groups() {
        return find(SupportedGroups.class).map(SupportedGroups::groups).orElse(List.of());
    }

    List<KeyShareEntry> shares() {
        return find(KeyShares.class).map(KeyShares::entries).orElse(List.of());
    }

    List<SignatureScheme> schemes() {
        return find(SignatureAlgorithms.class).map(SignatureAlgorithms::schemes).orElse(List.of());
    }

    /** RFC 8446 §4.2.3: those of signatures in certificates; if they are not said by themselves, the same. */
    List<SignatureScheme> certificateSchemes() {
        return find(SignatureAlgorithmsCert.class)
                .map(SignatureAlgorithmsCert::schemes)
                .orElse(schemes());
    }

    List<String> serverNames() {
        return find(ServerNames.class).map(ServerNames::hostNames).orElse(List.of());
    }

    Optional<List<String>> applicationProtocols() {
        return find(ApplicationProtocols.class).map(ApplicationProtocols::names);
    }

    /** RFC 8879 §3: how the client can decompress the server's certificates. */
    Optional<CompressCertificate> compressions() {
        return find(CompressCertificate.class);
    }

    boolean has(Class<? extends Extension> kind) {
        return find(kind).isPresent();
    }

    /** RFC 8446 §D.4: whether ChangeCipherSpec is sent, as behind an echoed session id it must be. */
    boolean isCompatible() {
        return hello.sessionId().length > 0;
    }

    /** What the offer and the choices so far amount to. */
    HandshakeFacts facts(CipherSuite suite, Optional<String> applicationProtocol) {
        return new HandshakeFacts(version, suite, serverNames(), certificateSchemes(), applicationProtocol);
    }

    private <E extends Extension> Optional<E> find(Class<E> kind) {
        return hello.extensions().find(kind);
    }
}
