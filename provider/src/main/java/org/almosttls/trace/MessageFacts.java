package org.almosttls.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.almosttls.message.Certificate;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateEntry;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.CertificateStatus;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ClientKeyExchange.DhePublic;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.ClientKeyExchange.EncryptedPremasterSecret;
import org.almosttls.message.CompressedCertificate;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.EncryptedMasterSecret;
import org.almosttls.message.Finished;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.KeyUpdate;
import org.almosttls.message.NewSessionTicket;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ClientCertificateType;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.SignatureScheme;

/** RFC 8446 §4, RFC 5246 §7.4: what each message says, by the names of the RFC that it is from. */
final class MessageFacts {

    private static final Map<Class<? extends HandshakeMessage>, BiConsumer<HandshakeMessage, Facts>> BODIES =
            new HashMap<>();

    static {
        addHellos();
        addCertificates();
        addKeyExchange();
        addOthers();
    }

    private MessageFacts() {}

    private static <M extends HandshakeMessage> void add(Class<M> kind, BiConsumer<M, Facts> body) {
        BODIES.put(kind, (message, facts) -> body.accept(kind.cast(message), facts));
    }

    /** As the RFCs spell it, such as {@code ClientHello}. */
    static String nameOf(HandshakeMessage message) {
        // RFC 8446 §4.1.4: it has the form of a ServerHello, and another name.
        return message instanceof ServerHello hello && hello.isHelloRetryRequest()
                ? "HelloRetryRequest"
                : Said.nameOf(message.type());
    }

    static Facts of(HandshakeMessage message) {
        var facts = new Facts();
        BODIES.getOrDefault(message.getClass(), (empty, nothing) -> {}).accept(message, facts);
        return facts;
    }

    private static void addHellos() {
        add(ClientHello.class, (it, to) -> {
            to.text("legacy_version", it.legacyVersion().jsseName())
                    .octets("random", it.random())
                    .octets("legacy_session_id", it.sessionId())
                    .texts("cipher_suites", it.cipherSuites(), CipherSuite::name)
                    .texts(
                            "legacy_compression_methods",
                            Facts.numbers(it.compressionMethods()),
                            code -> new CompressionMethod(code).name());
            ExtensionFacts.into(to, it.extensions());
        });
        add(ServerHello.class, (it, to) -> {
            to.text("legacy_version", it.legacyVersion().jsseName())
                    .octets("random", it.random())
                    .octets("legacy_session_id_echo", it.sessionId())
                    .text("cipher_suite", it.cipherSuite().name())
                    .text("legacy_compression_method", new CompressionMethod(it.compressionMethod()).name());
            ExtensionFacts.into(to, it.extensions());
        });
        add(EncryptedExtensions.class, (it, to) -> ExtensionFacts.into(to, it.extensions()));
    }

    private static void addCertificates() {
        add(Certificate.class, (it, to) -> to.each("certificate_list", it.chain(), MessageFacts::certificate));
        add(Certificate13.class, (it, to) -> addCertificate13(it, to));
        add(CompressedCertificate.class, (it, to) -> {
            to.text("algorithm", it.algorithm().name()).number("uncompressed_length", it.uncompressedLength());
            Said.decompressed(it).ifPresent(plain -> addCertificate13(plain, to));
        });
        add(
                CertificateRequest.class,
                (it, to) -> to.texts(
                                "certificate_types",
                                it.certificateTypes(),
                                code -> new ClientCertificateType(code).name())
                        .texts("supported_signature_algorithms", it.schemes(), SignatureScheme::name)
                        .texts("certificate_authorities", it.authorities(), DistinguishedName::of));
        add(CertificateRequest13.class, (it, to) -> {
            to.octets("certificate_request_context", it.requestContext());
            ExtensionFacts.into(to, it.extensions());
        });
        add(CertificateVerify.class, (it, to) -> addSignature(it.scheme(), it.signature(), to));
        add(
                CertificateStatus.class,
                (it, to) -> to.number("status_type", it.statusType()).octets("response", it.response()));
    }

    private static void addCertificate13(Certificate13 message, Facts to) {
        to.octets("certificate_request_context", message.requestContext())
                .each("certificate_list", message.entries(), MessageFacts::entry);
    }

    private static Facts entry(CertificateEntry entry) {
        return ExtensionFacts.into(certificate(entry.certData()), entry.extensions());
    }

    /** Of one that cannot be parsed, only the digest. */
    private static Facts certificate(byte[] der) {
        var facts = new Facts();
        for (var each : CertificateFacts.ofEncodedChain(List.of(der))) {
            each.contents()
                    .ifPresent(contents -> facts.text("subject", contents.subject())
                            .text("issuer", contents.issuer())
                            .text("not_before", contents.notBefore().toString())
                            .text("not_after", contents.notAfter().toString()));
            each.digest("SHA-256").ifPresent(hex -> facts.hex("sha256", hex));
        }
        return facts;
    }

    /** Before TLS 1.2 the key alone says by which scheme. */
    private static void addSignature(SignatureScheme scheme, byte[] signature, Facts to) {
        if (scheme.isSaid()) to.text("algorithm", scheme.name());
        to.octets("signature", signature);
    }

    private static void addKeyExchange() {
        add(ServerKeyExchange.class, (it, to) -> {
            if (it.params() instanceof ServerEcdhParams ecdh)
                to.text("named_curve", ecdh.group().name()).octets("public", ecdh.point());
            if (it.params() instanceof ServerDhParams dh)
                to.octets("dh_p", dh.p()).octets("dh_g", dh.g()).octets("dh_Ys", dh.publicValue());
            addSignature(it.scheme(), it.signature(), to);
        });
        add(EncryptedPremasterSecret.class, (it, to) -> to.octets("encrypted_pre_master_secret", it.encrypted()));
        add(EcdhePublic.class, (it, to) -> to.octets("ecdh_Yc", it.point()));
        add(DhePublic.class, (it, to) -> to.octets("dh_Yc", it.publicValue()));
        add(EncryptedMasterSecret.class, (it, to) -> to.octets("encrypted_master_secret", it.encrypted()));
    }

    private static void addOthers() {
        add(Finished.class, (it, to) -> to.octets("verify_data", it.verifyData()));
        add(
                KeyUpdate.class,
                (it, to) ->
                        to.text("request_update", it.updateRequested() ? "update_requested" : "update_not_requested"));
        add(
                NewSessionTicket.class,
                (it, to) -> to.number("ticket_lifetime_hint", it.lifetimeHint())
                        .inner("ticket", Facts.ofHidden(it.ticket())));
        add(NewSessionTicket13.class, (it, to) -> {
            to.number("ticket_lifetime", it.lifetime())
                    .number("ticket_age_add", it.ageAdd())
                    .octets("ticket_nonce", it.nonce())
                    .inner("ticket", Facts.ofHidden(it.ticket()));
            ExtensionFacts.into(to, it.extensions());
        });
    }
}
