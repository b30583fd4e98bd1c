package org.almosttls.trace;

import java.util.Map;
import org.almosttls.alert.Violation;

/** What the violations that only TLS 1.3 knows mean to someone who wants a connection. */
final class Tls13Advice {

    private static final String UNCOMPRESSED = "It is a defect of the {peer}; without compress_certificate"
            + " (jdk.tls.client.disableExtensions, jdk.tls.server.disableExtensions) it has no occasion for it.";

    static final Map<Violation, Advice> ALL = Map.ofEntries(
            ViolationAdvice.of(
                    Violation.CHANGE_CIPHER_SPEC_NOT_DROPPED,
                    "The {peer} sent a ChangeCipherSpec that is not the one TLS 1.3 has for middleboxes.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.TOO_MANY_CHANGE_CIPHER_SPECS,
                    "The {peer} sends ChangeCipherSpecs without end.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.TOO_MANY_LATE_MESSAGES,
                    "The {peer} sends tickets or new keys without end, and no data.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.EXTENSION_MISSING,
                    "The {peer} left out an extension that TLS 1.3 cannot do without.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.COMPRESSION_OFFERED,
                    "The client offered compression together with TLS 1.3, which has none.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.LEGACY_VERSION_WRONG,
                    "The server chose TLS 1.3 under the number of another version.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.SESSION_ID_NOT_ECHOED,
                    "The server did not repeat the session id, as TLS 1.3 wants.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.KEY_SHARE_TWICE,
                    "The client sent two key shares of one group.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.KEY_SHARE_WITHOUT_GROUP,
                    "The client sent a key share of a group that it does not offer.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.KEY_SHARES_OUT_OF_ORDER,
                    "The client sent key shares in another order than it offers their groups.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.KEY_SHARE_NOT_AS_REQUESTED,
                    "The client was asked for a key share in one group, and sent something else.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.COOKIE_NOT_GIVEN,
                    "The client sent a cookie that it did not have from here.",
                    "Look whether several servers that do not know of each other answer for one address."),
            ViolationAdvice.of(
                    Violation.COOKIE_TOO_LONG,
                    "The server wants a cookie back that is so long that nothing else fits the message.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.SECOND_HELLO_DIFFERS,
                    "The client was asked for another key share, and changed more of its offer than that.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.RETRY_CHANGES_NOTHING,
                    "The server asked for another offer without saying what should be different.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.RETRY_REPEATED,
                    "The server asked for another offer twice.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.RETRY_SUITE_CHANGED,
                    "The server asked for another offer with one cipher suite, and then chose another.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.CERTIFICATE_CONTEXT_WRONG,
                    "The {peer} answered, or made, a request for a certificate with a mark that does not belong to it.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.FILTER_FOR_ANY_PURPOSE,
                    "The server wants the client's certificate to name any purpose, which it must not.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.CERTIFICATE_COMPRESSION_NOT_OFFERED,
                    "The {peer} compressed its certificate by an algorithm that was not offered.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.CERTIFICATE_NOT_COMPRESSED,
                    "The {peer} sent a compressed certificate that cannot be decompressed.",
                    UNCOMPRESSED),
            ViolationAdvice.of(
                    Violation.UNCOMPRESSED_LENGTH_WRONG,
                    "The {peer} sent a compressed certificate under another length than it has.",
                    UNCOMPRESSED),
            ViolationAdvice.of(
                    Violation.CERTIFICATE_CONTEXT_REPEATED,
                    "The server asked for a certificate twice with the same mark, so that one answer would do for both.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.TOO_MANY_CERTIFICATE_REQUESTS,
                    "The server asks for the client's certificate again and again.",
                    "Have the server ask once for a connection, or in the handshake itself."),
            ViolationAdvice.of(
                    Violation.CERTIFICATE_LIST_EMPTY,
                    "The server showed no certificate.",
                    ViolationAdvice.THEIR_DEFECT),
            ViolationAdvice.of(
                    Violation.CERTIFICATE_REQUIRED,
                    "This server needs to know who its clients are, and the client showed no certificate.",
                    "Give the client a certificate of a CA that this end trusts, or let this end do without (wantClientAuth)."));

    private Tls13Advice() {}
}
