package org.almosttls.interop;

import static org.almosttls.interop.Dimension.CERTIFICATE;
import static org.almosttls.interop.Dimension.CIPHER;
import static org.almosttls.interop.Dimension.CLIENT_CERTIFICATE;
import static org.almosttls.interop.Dimension.GROUP;
import static org.almosttls.interop.Dimension.KEY_EXCHANGE;
import static org.almosttls.interop.Dimension.OWN_FIELD;
import static org.almosttls.interop.Dimension.RESUMPTION;
import static org.almosttls.interop.Dimension.ROLE;
import static org.almosttls.interop.Dimension.VERSION;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Combinations that make sense and are not tried with some stacks, and why. */
record Exclusion(String reason, Set<OtherStack> stacks, Predicate<Combination> what) {

    private static final Set<OtherStack> BORING = EnumSet.of(OtherStack.CONSCRYPT);

    /** Where the stack at the other end is the client. */
    private static final Predicate<Combination> CLIENT = it -> it.has(ROLE, "SERVER");

    private static final Predicate<Combination> SERVER = CLIENT.negate();

    private static final List<Exclusion> REASONED = List.of(
            new Exclusion(
                    "keeps to the fields of RFC 7919",
                    EnumSet.complementOf(EnumSet.of(OtherStack.OPENSSL)),
                    it -> it.has(GROUP, OWN_FIELD)),
            new Exclusion(
                    "has no hybrid groups",
                    EnumSet.of(OtherStack.OPENSSL, OtherStack.GNUTLS, OtherStack.SUNJSSE),
                    it -> Sense.isHybrid(it.of(GROUP))),
            new Exclusion(
                    "has X25519MLKEM768 and no other hybrid group",
                    BORING,
                    it -> it.has(GROUP, "SecP256r1MLKEM768", "SecP384r1MLKEM1024")),
            new Exclusion(
                    "our server keeps to the fields of RFC 7919",
                    EnumSet.of(OtherStack.OPENSSL),
                    CLIENT.and(it -> it.has(GROUP, OWN_FIELD))),
            new Exclusion(
                    "as a server it refuses a client's EC certificate where only fields and no curve are offered, as with DHE",
                    EnumSet.of(OtherStack.OPENSSL),
                    SERVER.and(it -> it.has(KEY_EXCHANGE, "DHE_RSA") && isEc(it.of(CLIENT_CERTIFICATE)))),
            new Exclusion(
                    "as a client that offers static RSA alone it refuses every certificate",
                    EnumSet.of(OtherStack.BCJSSE),
                    CLIENT.and(it -> it.has(KEY_EXCHANGE, "RSA"))),
            new Exclusion(
                    "as a server it finds no Ed25519 or Ed448 key",
                    EnumSet.of(OtherStack.BCJSSE),
                    SERVER.and(it -> it.has(CERTIFICATE, "Ed25519", "Ed448"))),
            new Exclusion(
                    "as a client it finds no Ed25519 or Ed448 key",
                    EnumSet.of(OtherStack.BCJSSE),
                    CLIENT.and(it -> it.has(CLIENT_CERTIFICATE, "Ed25519", "Ed448"))),
            new Exclusion("has no tickets", EnumSet.of(OtherStack.BCJSSE), it -> it.has(RESUMPTION, "ticket", "psk")),
            new Exclusion("speaks no TLS 1.1 any more", BORING, it -> it.has(VERSION, "TLSv1.1")),
            new Exclusion("has no DHE", BORING, it -> it.has(KEY_EXCHANGE, "DHE_RSA") || Sense.isField(it.of(GROUP))),
            new Exclusion(
                    "has no CBC with SHA-256 or SHA-384",
                    BORING,
                    it -> it.has(CIPHER, "AES_128_CBC_SHA256", "AES_256_CBC_SHA256", "AES_256_CBC_SHA384")),
            new Exclusion("has no x448", BORING, it -> it.has(GROUP, "x448")),
            new Exclusion(
                    "as a server of TLS 1.3 it fails to send once it is told to give tickets",
                    BORING,
                    SERVER.and(it -> it.has(RESUMPTION, "psk"))),
            new Exclusion(
                    "as a client of TLS 1.3 it takes no signature of P-521",
                    BORING,
                    CLIENT.and(it -> it.has(VERSION, "TLSv1.3") && it.has(CERTIFICATE, "secp521r1"))),
            new Exclusion(
                    "as a server of TLS 1.3 it takes no signature of P-521",
                    BORING,
                    SERVER.and(it -> it.has(VERSION, "TLSv1.3") && it.has(CLIENT_CERTIFICATE, "secp521r1"))),
            new Exclusion(
                    "has no certificates with RSASSA-PSS, Ed25519 or Ed448 keys",
                    BORING,
                    it -> !isBoring(it.of(CERTIFICATE)) || !isBoring(it.of(CLIENT_CERTIFICATE))));

    private static boolean isEc(String certificate) {
        return certificate.startsWith("sec");
    }

    private static boolean isBoring(String certificate) {
        return certificate.equals("RSA") || certificate.equals("none") || isEc(certificate);
    }

    static List<String> reasons(OtherStack stack, Combination combination) {
        return REASONED.stream()
                .filter(each -> each.stacks.contains(stack) && each.what.test(combination))
                .map(Exclusion::reason)
                .toList();
    }
}
