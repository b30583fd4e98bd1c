package org.almosttls.interop;

import static org.almosttls.interop.Dimension.CERTIFICATE;
import static org.almosttls.interop.Dimension.CLIENT_AUTHENTICATION;
import static org.almosttls.interop.Dimension.GROUP;
import static org.almosttls.interop.Dimension.NO_GROUP;
import static org.almosttls.interop.Dimension.OWN_FIELD;
import static org.almosttls.interop.Dimension.RESUMPTION;
import static org.almosttls.interop.Dimension.ROLE;
import static org.almosttls.interop.Dimension.VERSION;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Combinations that are not tried, and why.
 *
 * @param reason empty if the combination makes no sense, with whatever stack
 */
record Exclusion(String reason, Set<OtherStack> stacks, Predicate<Combination> what) {

    private static final Set<OtherStack> ALL = EnumSet.allOf(OtherStack.class);

    /** Where the stack at the other end is the client. */
    private static final Predicate<Combination> CLIENT = it -> it.has(ROLE, "SERVER");

    private static final Predicate<Combination> SERVER = CLIENT.negate();

    static final List<Exclusion> SENSELESS = List.of(
            new Exclusion("", ALL, it -> !fieldFits(it)),
            new Exclusion("", ALL, it -> !keyFits(it)),
            new Exclusion("", ALL, it -> it.has(VERSION, "TLSv1.1") && !fitsTls11(it)));

    static final List<Exclusion> REASONED = List.of(
            new Exclusion(
                    "s_server's fields are none of RFC 7919",
                    EnumSet.of(OtherStack.OPENSSL),
                    SERVER.and(it -> it.has(GROUP, "ffdhe2048", "ffdhe3072"))),
            new Exclusion(
                    "only s_server has fields that are none of RFC 7919, our server never",
                    ALL,
                    CLIENT.and(it -> it.has(GROUP, OWN_FIELD))),
            new Exclusion(
                    "keeps to the fields of RFC 7919",
                    EnumSet.complementOf(EnumSet.of(OtherStack.OPENSSL)),
                    it -> it.has(GROUP, OWN_FIELD)),
            new Exclusion(
                    "refuses an EC certificate of the client where no curve is offered, as with DHE alone",
                    EnumSet.of(OtherStack.OPENSSL),
                    SERVER.and(it -> it.has(GROUP, OWN_FIELD) && it.has(CLIENT_AUTHENTICATION, "EC"))),
            new Exclusion(
                    "as a client it offers no ECDSA with static RSA, and so refuses the certificates of an EC CA",
                    EnumSet.of(OtherStack.BCJSSE),
                    CLIENT.and(it -> it.suite().startsWith("TLS_RSA_"))),
            new Exclusion(
                    "as a server of TLS 1.2 it finds no Ed25519 key",
                    EnumSet.of(OtherStack.BCJSSE),
                    SERVER.and(it -> it.has(CERTIFICATE, "Ed25519"))),
            new Exclusion(
                    "disabled by jdk.tls.disabledAlgorithms, which is read once in a process",
                    EnumSet.of(OtherStack.SUNJSSE, OtherStack.BCJSSE),
                    it -> it.has(VERSION, "TLSv1.1")),
            new Exclusion(
                    "the platform disables static RSA since 22",
                    EnumSet.of(OtherStack.SUNJSSE),
                    it -> it.suite().startsWith("TLS_RSA_") && Runtime.version().feature() > 21),
            new Exclusion(
                    "gnutls-cli keeps no session for its next run",
                    EnumSet.of(OtherStack.GNUTLS),
                    CLIENT.and(it -> it.has(RESUMPTION, "id"))));

    boolean excludes(OtherStack stack, Combination combination) {
        return stacks.contains(stack) && what.test(combination);
    }

    static boolean makesSense(OtherStack stack, Combination combination) {
        return SENSELESS.stream().noneMatch(each -> each.excludes(stack, combination));
    }

    static List<String> reasons(OtherStack stack, Combination combination) {
        return REASONED.stream()
                .filter(each -> each.excludes(stack, combination))
                .map(Exclusion::reason)
                .toList();
    }

    /** RFC 5246 §7.4.3: each key exchange has its own kind of group. */
    private static boolean fieldFits(Combination it) {
        boolean field = it.has(GROUP, OWN_FIELD) || it.of(GROUP).startsWith("ffdhe");
        if (it.suite().startsWith("TLS_DHE_")) return field;
        return it.suite().startsWith("TLS_RSA_") ? it.has(GROUP, NO_GROUP) : !field && !it.has(GROUP, NO_GROUP);
    }

    /** RFC 4346 §A.5, RFC 8422 §5.10: what came later needs TLS 1.2. */
    private static boolean fitsTls11(Combination it) {
        return it.suite().endsWith("_CBC_SHA") && !it.has(CERTIFICATE, "Ed25519", "RSASSA-PSS");
    }

    /** RFC 5246 §7.4.2: a key that signs as the suite says; static RSA decrypts, which a key for PSS may not. */
    private static boolean keyFits(Combination it) {
        if (it.suite().contains("ECDSA")) return it.has(CERTIFICATE, "secp256r1", "secp384r1", "Ed25519");
        return it.has(CERTIFICATE, "RSA")
                || it.has(CERTIFICATE, "RSASSA-PSS") && !it.suite().startsWith("TLS_RSA_");
    }
}
