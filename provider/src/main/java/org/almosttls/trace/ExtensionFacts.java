package org.almosttls.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.CertificateAuthorities;
import org.almosttls.extension.CompressCertificate;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.HeartbeatMode;
import org.almosttls.extension.KeyShare;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.MaxEarlyData;
import org.almosttls.extension.MaxFragmentLength;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.OidFilters;
import org.almosttls.extension.Padding;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.RecordSizeLimit;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.RequestedKeyShare;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SessionTicket;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.extension.StatusRequest;
import org.almosttls.extension.StatusResponse;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.registry.EcPointFormat;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/** RFC 8446 §4.2: what each extension says, by the names of the RFC that it is from. */
final class ExtensionFacts {

    /** Their bodies are for the peer only: they hold sessions, or what keys can be guessed by (RFC 8446 §2.2, RFC 5077 §3.4). */
    static final Set<ExtensionType> HIDDEN = Set.of(ExtensionType.PRE_SHARED_KEY, ExtensionType.SESSION_TICKET);

    private static final Map<Class<? extends Extension>, BiConsumer<Extension, Facts>> BODIES = new HashMap<>();

    static {
        addLists();
        addKeys();
        addChoices();
        addOctets();
    }

    private ExtensionFacts() {}

    private static <E extends Extension> void add(Class<E> kind, BiConsumer<E, Facts> body) {
        BODIES.put(kind, (extension, facts) -> body.accept(kind.cast(extension), facts));
    }

    /** Into {@code facts}, under the name that all messages have for them. */
    static Facts into(Facts facts, Extensions extensions) {
        return facts.each("extensions", extensions.all(), ExtensionFacts::of);
    }

    static Facts of(Extension extension) {
        var facts = new Facts().text("type", extension.type().name());
        BODIES.getOrDefault(extension.getClass(), (flag, nothing) -> {}).accept(extension, facts);
        return facts;
    }

    private static void addLists() {
        add(ServerNames.class, (it, to) -> to.texts("server_name_list", it.hostNames(), name -> name));
        add(ApplicationProtocols.class, (it, to) -> to.texts("protocol_name_list", it.names(), name -> name));
        add(SupportedGroups.class, (it, to) -> to.texts("named_group_list", it.groups(), NamedGroup::name));
        add(SignatureAlgorithms.class, (it, to) -> schemes(it.schemes(), to));
        add(SignatureAlgorithmsCert.class, (it, to) -> schemes(it.schemes(), to));
        add(SupportedVersions.class, (it, to) -> to.texts("versions", it.versions(), ProtocolVersion::jsseName));
        add(
                CompressCertificate.class,
                (it, to) -> to.texts("algorithms", it.algorithms(), CertificateCompressionAlgorithm::name));
        add(
                EcPointFormats.class,
                (it, to) -> to.texts(
                        "ec_point_format_list", Facts.numbers(it.formats()), code -> new EcPointFormat(code).name()));
        add(CertificateAuthorities.class, (it, to) -> to.texts("authorities", it.authorities(), DistinguishedName::of));
        add(
                OidFilters.class,
                (it, to) -> to.each(
                        "filters",
                        it.filters(),
                        filter -> new Facts()
                                .octets("certificate_extension_oid", filter.oid())
                                .octets("certificate_extension_values", filter.values())));
    }

    private static void schemes(List<SignatureScheme> schemes, Facts to) {
        to.texts("supported_signature_algorithms", schemes, SignatureScheme::name);
    }

    private static void addKeys() {
        add(KeyShares.class, (it, to) -> to.each("client_shares", it.entries(), ExtensionFacts::share));
        add(KeyShare.class, (it, to) -> to.inner("server_share", share(it.entry())));
        add(
                RequestedKeyShare.class,
                (it, to) -> to.text("selected_group", it.group().name()));
        add(PreSharedKeyModes.class, (it, to) -> to.texts("ke_modes", it.modes(), ExtensionFacts::mode));
        add(
                OfferedPreSharedKeys.class,
                (it, to) -> to.each(
                                "identities",
                                it.identities(),
                                each -> new Facts()
                                        .inner("identity", Facts.ofHidden(each.identity()))
                                        .number("obfuscated_ticket_age", each.obfuscatedTicketAge()))
                        .each("binders", it.binders(), binder -> new Facts().number("length", binder.length)));
        add(SelectedPreSharedKey.class, (it, to) -> to.number("selected_identity", it.identity()));
        add(SessionTicket.class, (it, to) -> {
            if (it.ticket().length > 0) to.inner("ticket", Facts.ofHidden(it.ticket()));
        });
    }

    private static Facts share(KeyShareEntry entry) {
        return new Facts().text("group", entry.group().name()).octets("key_exchange", entry.keyExchange());
    }

    /** RFC 8446 §4.2.9. */
    private static String mode(int code) {
        return switch (code) {
            case 0 -> "psk_ke";
            case 1 -> "psk_dhe_ke";
            default -> "0x%02X".formatted(code);
        };
    }

    private static void addChoices() {
        add(
                SelectedVersion.class,
                (it, to) -> to.text("selected_version", it.version().jsseName()));
        add(MaxEarlyData.class, (it, to) -> to.number("max_early_data_size", it.octets()));
        add(RecordSizeLimit.class, (it, to) -> to.number("record_size_limit", it.octets()));
        add(
                MaxFragmentLength.class,
                (it, to) -> to.text(
                        "max_fragment_length", it.isDefined() ? "" + it.octets() : "0x%02X".formatted(it.code())));
        add(HeartbeatMode.class, (it, to) -> to.text("mode", mode(it)));
    }

    /** RFC 6520 §2. */
    private static String mode(HeartbeatMode mode) {
        if (mode.equals(HeartbeatMode.PEER_ALLOWED_TO_SEND)) return "peer_allowed_to_send";
        if (mode.equals(HeartbeatMode.PEER_NOT_ALLOWED_TO_SEND)) return "peer_not_allowed_to_send";
        return "0x%02X".formatted(mode.mode());
    }

    private static void addOctets() {
        add(Cookie.class, (it, to) -> to.octets("cookie", it.cookie()));
        add(Padding.class, (it, to) -> to.number("length", it.filling().length));
        add(RenegotiationInfo.class, (it, to) -> to.octets("renegotiated_connection", it.renegotiatedConnection()));
        add(
                StatusRequest.class,
                (it, to) -> to.text("status_type", "ocsp")
                        .each("responder_id_list", it.responders(), id -> new Facts().octets("responder_id", id))
                        .octets("request_extensions", it.requestExtensions()));
        add(
                StatusResponse.class,
                (it, to) -> to.number("status_type", it.statusType()).octets("response", it.response()));
        add(UnknownExtension.class, (it, to) -> {
            if (HIDDEN.contains(it.type())) to.number("length", it.body().length);
            else to.octets("extension_data", it.body());
        });
    }
}
