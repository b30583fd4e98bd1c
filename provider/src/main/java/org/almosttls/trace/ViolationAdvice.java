package org.almosttls.trace;

import static java.util.Map.entry;

import java.util.Map;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;

/** What each violation that this end notices means to someone who wants a connection. */
final class ViolationAdvice {

    static final String THEIR_DEFECT =
            "This is a defect of the {peer}'s TLS software, or of something on the way that alters records;"
                    + " try another version of it, and send its makers a capture.";
    private static final String NOT_TLS_HERE = "Check that host and port are those of a TLS service, that the {peer}"
            + " is not expecting plaintext or STARTTLS first, and that no proxy answers instead.";
    private static final String ONE_OF_BOTH = "Speak AlmostTLSv1 at both ends (SSLContext AlmostTLS, or"
            + " protocol=AlmostTLSv1 for the agent), or TLS at both.";
    private static final String COMPARE_SUITES =
            "Compare both offers in this line; enable a common suite on one side, and mind that ECDSA suites need an"
                    + " EC key and RSA suites an RSA key on the server.";
    private static final String COMPARE = "Compare both offers in this line, and enable a common one on one side.";
    private static final String DAMAGED = "If it happens again, look for something on the way that alters or replays"
            + " records, then for a defect of either end's TLS software.";

    private static final Map<Violation, Advice> RECORDS = Map.ofEntries(
            of(Violation.UNKNOWN_CONTENT_TYPE, "The {peer} sent a record of a type that TLS does not have.", DAMAGED),
            of(
                    Violation.CONTENT_TYPE_MISSING,
                    "The {peer} sent a record that holds nothing but padding.",
                    THEIR_DEFECT),
            of(Violation.NOT_TLS, "The {peer} answered with something that is not TLS.", NOT_TLS_HERE),
            of(
                    Violation.ALMOST_TLS_MET,
                    "The {peer} speaks AlmostTLSv1, the textbook protocol, and this end speaks TLS with it.",
                    ONE_OF_BOTH + " A server with both enabled speaks AlmostTLSv1 on its own machine only, unless"
                            + " almosttls.textbook.remote=true."),
            of(
                    Violation.NOT_ALMOST_TLS,
                    "The {peer} speaks something that is not AlmostTLSv1, the textbook protocol.",
                    ONE_OF_BOTH),
            of(
                    Violation.RECORD_OUT_OF_ORDER,
                    "Records of the {peer} came in another order than they were sent in, came twice, or were dropped:"
                            + " the sequence number in their HMAC gives that away.",
                    "TCP does not do that: somebody between the two ends does."),
            of(
                    Violation.STREAM_CUT_OFF,
                    "The stream of the {peer} was cut off in the middle of a record.",
                    "Look whether the {peer} was killed; else somebody between the two ends cut it. Between two"
                            + " records a cut goes unnoticed, since AlmostTLSv1 has no closure."),
            of(
                    Violation.WRONG_RECORD_VERSION,
                    "The {peer} sent a record under a version that is not the one agreed on.",
                    THEIR_DEFECT),
            of(Violation.RECORD_TOO_LONG, "The {peer} sent a record longer than TLS allows.", NOT_TLS_HERE),
            of(
                    Violation.TOO_MUCH_EARLY_DATA,
                    "The client sent data with its first hello and went on, though this end had not permitted any.",
                    THEIR_DEFECT),
            of(
                    Violation.RECORD_OVER_LIMIT,
                    "The {peer} sent a record longer than this end had asked for and it had agreed to.",
                    THEIR_DEFECT + " Without SSLParameters.setMaximumPacketSize here, nothing shorter is asked for."),
            of(
                    Violation.DECOMPRESSION_FAILED,
                    "A record of the {peer} cannot be decompressed, or holds more than a record may.",
                    THEIR_DEFECT),
            of(Violation.BAD_RECORD, "A record of the {peer} was altered, replayed or made with other keys.", DAMAGED),
            of(Violation.EMPTY_FRAGMENT, "The {peer} sent an empty record where TLS allows none.", THEIR_DEFECT),
            of(Violation.TOO_MANY_EMPTY_RECORDS, "The {peer} kept sending empty records.", THEIR_DEFECT),
            of(Violation.TOO_MANY_WARNINGS, "The {peer} kept sending warnings.", THEIR_DEFECT),
            of(
                    Violation.TOO_MANY_HEARTBEATS,
                    "The {peer} kept sending heartbeats that are none, or that nobody had asked for.",
                    "That is what a probe for Heartbleed does; if it is none, look for a newer version of the {peer}."),
            of(
                    Violation.HEARTBEAT_UNANSWERED,
                    "The {peer} was silent for as long as heartbeat= says, was asked by a heartbeat, and was silent for"
                            + " as long again.",
                    "Look whether the {peer} or the network to it is down. A {peer} that is alive answers only while its"
                            + " application reads: if it may take longer than that, give heartbeat= a longer time."),
            of(Violation.MALFORMED_ALERT, "The {peer} sent an alert that cannot be read.", THEIR_DEFECT),
            of(
                    Violation.ALERT_LEVEL_UNKNOWN,
                    "The {peer} sent an alert that is neither warning nor fatal.",
                    THEIR_DEFECT),
            of(
                    Violation.WRONG_CHANGE_CIPHER_SPEC,
                    "The {peer} sent a ChangeCipherSpec of another value than the one there is.",
                    THEIR_DEFECT),
            of(
                    Violation.MALFORMED_CHANGE_CIPHER_SPEC,
                    "The {peer} sent a ChangeCipherSpec that cannot be read.",
                    THEIR_DEFECT),
            of(
                    Violation.SEQUENCE_EXHAUSTED,
                    "One direction has carried as many records as one set of keys may protect.",
                    "Open a new connection."));

    private static final Map<Violation, Advice> MESSAGES = Map.ofEntries(
            of(Violation.MALFORMED_MESSAGE, "The {peer} sent a message that breaks its grammar.", THEIR_DEFECT),
            of(Violation.MESSAGE_TOO_LONG, "The {peer} sent a handshake message longer than is taken.", THEIR_DEFECT),
            of(
                    Violation.MESSAGE_INTERLEAVED,
                    "The {peer} put another record into the middle of a handshake message.",
                    THEIR_DEFECT),
            of(
                    Violation.TOO_MANY_HELLO_REQUESTS,
                    "The server kept asking for a new handshake while one was under way.",
                    THEIR_DEFECT),
            of(
                    Violation.TOO_MANY_RENEGOTIATIONS,
                    "The {peer} kept asking for a new handshake on this connection, which was refused.",
                    "Configure the {peer} to do without renegotiation; if it wants a client certificate for some"
                            + " paths only, let it ask for one at the start."),
            of(
                    Violation.MESSAGE_ACROSS_KEYS,
                    "The {peer} changed keys in the middle of a handshake message.",
                    THEIR_DEFECT),
            of(
                    Violation.UNEXPECTED_MESSAGE,
                    "The {peer} sent a message that has no place at this point of the handshake.",
                    THEIR_DEFECT),
            of(
                    Violation.KEY_UPDATE_UNKNOWN,
                    "The {peer} changed its keys in words that TLS does not have.",
                    THEIR_DEFECT),
            of(
                    Violation.DATA_BEFORE_FINISHED,
                    "The {peer} sent application data before the handshake was finished.",
                    THEIR_DEFECT));

    private static final Map<Violation, Advice> OFFERS = Map.ofEntries(
            of(
                    Violation.VERSION_NOT_SUPPORTED,
                    "The two ends have no protocol version in common.",
                    "Compare both offers in this line, and update the side with the older versions; a version that is"
                            + " missing here may be switched off by jdk.tls.disabledAlgorithms or by the application."),
            of(
                    Violation.NOTHING_TO_OFFER,
                    "This end has no protocol version and cipher suite enabled that go together.",
                    "Look at what the application enables, and at jdk.tls.disabledAlgorithms: a version without its"
                            + " suites, or suites without their version, are of no use."),
            of(
                    Violation.FALLBACK_REFUSED,
                    "The client made a second attempt at a lower version than both ends can speak.",
                    "Look for what made its first attempt fail, such as a proxy; let it offer its newest version."),
            of(Violation.NO_COMMON_SUITE, "The two ends have no usable cipher suite in common.", COMPARE_SUITES),
            of(Violation.NO_COMMON_GROUP, "The two ends have no named group in common.", COMPARE),
            of(Violation.NO_COMMON_FIELD, "The two ends have no finite field for DHE in common.", COMPARE),
            of(Violation.NO_COMMON_SCHEME, "The two ends have no signature scheme in common.", COMPARE),
            of(
                    Violation.NO_CREDENTIAL,
                    "This end has no certificate and key that fit what the {peer} offers.",
                    "Check that the key store has a private key entry of a kind (RSA, EC) that the {peer} accepts, and"
                            + " that its password and alias are right."),
            of(
                    Violation.NAME_NOT_RECOGNIZED,
                    "The client asked for a server name that is not served here.",
                    "Compare the name in this line with the names that the server is configured for."),
            of(
                    Violation.NO_APPLICATION_PROTOCOL,
                    "The two ends have no application protocol (ALPN) in common.",
                    "Compare the offers; enable a common one such as http/1.1, or offer none."));

    private static final Map<Violation, Advice> HELLOS = Map.ofEntries(
            of(
                    Violation.VERSION_NOT_OFFERED,
                    "The server chose a protocol version that was not offered.",
                    THEIR_DEFECT),
            of(
                    Violation.NO_SESSION_TO_RESUME,
                    "There is no session that both ends could go on with, and the application allows no new one.",
                    "Let the application call setEnableSessionCreation(true), or make the session on a connection that"
                            + " may, with the same context, to the same host and port."),
            of(
                    Violation.RESUMED_WITH_OTHER_SUITE,
                    "The server resumed a session, but with another cipher suite than it was made with.",
                    THEIR_DEFECT),
            of(
                    Violation.SUITE_OF_OTHER_VERSION,
                    "The {peer} chose a cipher suite that the version it chose does not have.",
                    THEIR_DEFECT),
            of(
                    Violation.COMPRESSION_NOT_OFFERED,
                    "The {peer} chose a compression method that this end did not offer.",
                    THEIR_DEFECT),
            of(
                    Violation.RESUMED_WITH_OTHER_COMPRESSION,
                    "The {peer} resumed a session with another compression method than its own.",
                    THEIR_DEFECT),
            of(Violation.HEARTBEAT_MODE_UNKNOWN, "The {peer} said a heartbeat mode that does not exist.", THEIR_DEFECT),
            of(
                    Violation.RESUMED_WITH_OTHER_VERSION,
                    "The {peer} resumed a session in another version than the one it began in.",
                    THEIR_DEFECT),
            of(
                    Violation.EXTENDED_MASTER_SECRET_CHANGED,
                    "The {peer} resumed a session and changed its mind on extended master secret.",
                    "Look for a proxy that alters the handshake, and for servers behind one address that share sessions"
                            + " but not their version or settings. The next connection is a full handshake."),
            of(Violation.SUITE_NOT_OFFERED, "The server chose a cipher suite that was not offered.", THEIR_DEFECT),
            of(
                    Violation.COMPRESSION_REQUIRED,
                    "The {peer} insists on compression, which is not done here.",
                    "Let the {peer} also offer or choose no compression."),
            of(Violation.DUPLICATE_EXTENSION, "The {peer} sent one extension twice.", THEIR_DEFECT),
            of(
                    Violation.EXTENSION_MISPLACED,
                    "The {peer} put an extension into a message that it does not belong to.",
                    THEIR_DEFECT),
            of(
                    Violation.PSK_BINDERS_MISCOUNTED,
                    "The client offered pre-shared keys and proved to have more or fewer of them.",
                    THEIR_DEFECT),
            of(
                    Violation.WRONG_BINDER,
                    "The client offered a pre-shared key that this end knows by its name, and did not prove to have it.",
                    "For a key that both ends were given, compare its octets at both. For a session look for a proxy that"
                            + " alters the handshake, and for servers behind one address whose ticket keys are the same by"
                            + " mistake; the next connection is a full handshake."),
            of(
                    Violation.PSK_UNKNOWN,
                    "The client offered a pre-shared key whose identity this end has no key for, and this end has no"
                            + " certificate either.",
                    "Compare the identity, octet by octet, and the hash that the key is for at both ends."),
            of(
                    Violation.EARLY_DATA_OF_OTHER_SESSION,
                    "The server took early data without the session, the cipher suite or the application protocol that it was"
                            + " for.",
                    THEIR_DEFECT),
            of(
                    Violation.EARLY_DATA_DOWNGRADED,
                    "The server answered early data with a version before TLS 1.3, which has none.",
                    "The server, or one of several behind one address, has lost TLS 1.3 since it gave its ticket. Connect"
                            + " again without early data."),
            of(Violation.PSK_NOT_OFFERED, "The server would go on with a session that was not offered.", THEIR_DEFECT),
            of(
                    Violation.PSK_OF_OTHER_HASH,
                    "The server would go on with a session, by a cipher suite that the session does not go with.",
                    THEIR_DEFECT),
            of(
                    Violation.PSK_WITHOUT_KEY_SHARE,
                    "The server would go on with a session without an exchange of fresh keys, which was not offered.",
                    THEIR_DEFECT),
            of(
                    Violation.PSK_NOT_LAST,
                    "The client offered pre-shared keys and went on to other extensions.",
                    THEIR_DEFECT),
            of(Violation.EXTENSION_NOT_OFFERED, "The server answered an extension that was not offered.", THEIR_DEFECT),
            of(
                    Violation.ENCRYPT_THEN_MAC_MISPLACED,
                    "The server answers encrypt_then_mac beside a cipher suite that it does not go with.",
                    THEIR_DEFECT),
            of(
                    Violation.FRAGMENT_LENGTH_UNKNOWN,
                    "The client asked for a length of records that max_fragment_length does not have.",
                    THEIR_DEFECT),
            of(
                    Violation.FRAGMENT_LENGTH_NOT_OFFERED,
                    "The server answered with another length of records than it was asked for.",
                    THEIR_DEFECT + " Without jsse.enableMFLNExtension=true here, max_fragment_length is not sent."),
            of(
                    Violation.RECORD_LIMIT_TOO_LOW,
                    "The {peer} wants records shorter than record_size_limit permits.",
                    THEIR_DEFECT),
            of(
                    Violation.TWO_RECORD_LIMITS,
                    "The server answered both extensions about the length of records, of which it must choose one.",
                    THEIR_DEFECT + " Without jsse.enableMFLNExtension=true here, only one is sent."),
            of(
                    Violation.DOWNGRADED,
                    "The server says that it would speak a newer version, yet an older one arrived here.",
                    "Something on the way may be weakening the connection; look for a proxy that inspects TLS."),
            of(
                    Violation.POINT_FORMAT_MISSING,
                    "The {peer} does not offer uncompressed points, which every end must read.",
                    THEIR_DEFECT),
            of(
                    Violation.HOST_NAME_INVALID,
                    "The client asked for a host by a name that is none, such as one with a dot at its end.",
                    "Give the client a host name in ASCII (IDNA for others), without a dot at its end."),
            of(Violation.DUPLICATE_SERVER_NAME, "The client asked for more than one host name.", THEIR_DEFECT),
            of(
                    Violation.ALPN_NOT_OFFERED,
                    "The server chose an application protocol that was not offered.",
                    THEIR_DEFECT),
            of(
                    Violation.WRONG_RENEGOTIATION_INFO,
                    "The {peer}'s renegotiation_info does not belong to this connection.",
                    "Something on the way may be splicing connections together; look for a proxy that inspects TLS."),
            of(
                    Violation.SIGNALLING_SUITE_MISPLACED,
                    "The client's hello within this connection says that it is a first one.",
                    "Something on the way may be splicing connections together; look for a proxy that inspects TLS."),
            of(
                    Violation.ENCRYPT_THEN_MAC_DROPPED,
                    "The {peer} wants to go on within this connection with a weaker protection of its records.",
                    THEIR_DEFECT),
            of(
                    Violation.RENEGOTIATION_NOT_BOUND,
                    "The {peer} wants a new handshake on this connection without extended master secret (RFC 7627).",
                    "Update the {peer}; without that extension a new handshake on a connection is not safe."),
            of(
                    Violation.SERVER_NAME_CHANGED,
                    "The client asks for another server name in the middle of a connection.",
                    "Let the client open a connection for each name."));

    private static final Map<Violation, Advice> CERTIFICATES = Map.ofEntries(
            of(
                    Violation.CERTIFICATE_MALFORMED,
                    "A certificate of the {peer} cannot be parsed.",
                    "Have the {peer}'s certificate issued anew; other software may tell what is wrong with it."),
            of(
                    Violation.CERTIFICATE_CHANGED,
                    "The {peer} showed another certificate than it had shown before on this connection.",
                    "If the {peer}'s certificate was renewed meanwhile, open a new connection; else somebody else may"
                            + " be answering."),
            of(
                    Violation.CERTIFICATE_CHAIN_TOO_LONG,
                    "The {peer} sent more certificates than a chain has.",
                    "Let the {peer} send its own certificate and the intermediate ones above it, and no others."),
            of(
                    Violation.CERTIFICATE_MISSING,
                    "The {peer} sent no certificate, and this end insists on one.",
                    "Give the {peer} a key store with a private key and a certificate from a CA that this end names;"
                            + " keys of other CAs, or of another kind, are silently not sent."),
            of(
                    Violation.SERVER_CERTIFICATE_MISSING,
                    "The server sent an empty list of certificates.",
                    "Check that the server has a certificate and key for this name and kind of suite."),
            of(
                    Violation.CERTIFICATE_KEY_UNFIT,
                    "The key in the {peer}'s certificate is of another kind than the cipher suite needs.",
                    "Compare the certificate in this line with the suite; one of the two must change at the {peer}."),
            of(
                    Violation.CERTIFICATE_UNTRUSTED,
                    "The {peer}'s certificate chain leads to no CA that this end trusts.",
                    "Add the CA that issued it (see the chain in this line) to this end's trust store, or have the"
                            + " {peer} send its intermediate certificates."),
            of(
                    Violation.CERTIFICATE_EXPIRED,
                    "A certificate of the {peer} is not valid at this time.",
                    "Compare its dates in this line with this machine's clock; have the {peer} renew it, and check"
                            + " that the {peer} was restarted since."),
            of(
                    Violation.CERTIFICATE_REVOKED,
                    "The CA has revoked a certificate of the {peer}.",
                    "Have the {peer} get a new certificate, and ask why the old one was revoked."),
            of(
                    Violation.CERTIFICATE_BAD,
                    "A signature in the {peer}'s certificate chain does not verify.",
                    "Check that the {peer} sends the right intermediate certificates, and that the trust store has the"
                            + " current one of CAs that share a name."),
            of(
                    Violation.CERTIFICATE_WEAK,
                    "A key or a signature in the {peer}'s certificate chain is weaker than this end allows, as by MD5,"
                            + " SHA-1 or too few bits.",
                    "Have the {peer} get a new certificate; the message says which rule it breaks, which is one of"
                            + " jdk.certpath.disabledAlgorithms, jdk.tls.disabledAlgorithms or the application's own."),
            of(
                    Violation.CERTIFICATE_STATUS_BAD,
                    "The server stapled an OCSP response that does not tell whether its certificate is revoked: it is"
                            + " expired, forged, for another certificate, or no response at all.",
                    "Have the server fetch a fresh response from its CA's responder, and compare its clock with this"
                            + " machine's; or let the server staple nothing until that works."),
            of(
                    Violation.STATUS_TYPE_NOT_REQUESTED,
                    "The server stapled a certificate status of a kind that was not asked for.",
                    THEIR_DEFECT),
            of(
                    Violation.CERTIFICATE_NAME_MISMATCH,
                    "The {peer}'s certificate is for other names than the one this end asked for.",
                    "Compare the name with the alternative names of the certificate in this line; connect by one of"
                            + " them, or have the certificate issued for this name too."),
            of(
                    Violation.CERTIFICATE_REFUSED,
                    "This end's trust manager refused the {peer}'s certificate.",
                    "Its own words are in the message; it is the application's or the platform's, not AlmostTLS's."));

    private static final Map<Violation, Advice> KEY_EXCHANGE = Map.ofEntries(
            of(
                    Violation.SCHEME_NOT_OFFERED,
                    "The {peer} signed with a signature scheme that was not offered.",
                    THEIR_DEFECT),
            of(
                    Violation.WRONG_SIGNATURE,
                    "The {peer}'s signature does not verify: it does not hold the key of its certificate, or the"
                            + " handshake was altered on the way.",
                    "Check that certificate and private key at the {peer} belong together."),
            of(Violation.GROUP_NOT_OFFERED, "The server chose a named group that was not offered.", THEIR_DEFECT),
            of(
                    Violation.WEAK_FIELD,
                    "The server's Diffie-Hellman parameters are too short to be safe, or too long to be sensible.",
                    "Configure the server for ffdhe2048 or more, or for ECDHE."),
            of(
                    Violation.CURVE_NOT_NAMED,
                    "The server uses a curve of its own instead of a named one.",
                    "Enable a named group such as x25519 or secp256r1 at the server."),
            of(
                    Violation.PUBLIC_VALUE_OUT_OF_RANGE,
                    "The {peer}'s Diffie-Hellman value would make the secret known.",
                    THEIR_DEFECT),
            of(Violation.BAD_PUBLIC_KEY, "The {peer}'s public key is not valid in its group.", THEIR_DEFECT),
            of(
                    Violation.TEXTBOOK_PEER_ELSEWHERE,
                    "AlmostTLSv1, the textbook protocol, can be attacked, so it does not leave this machine unasked.",
                    "Speak TLS with the {peer}, or set almosttls.textbook.remote=true on a network made for it."),
            of(
                    Violation.CLIENT_AUTHENTICATION_MISSING,
                    "This end insists on a client certificate, and AlmostTLSv1 has no place for one.",
                    "Speak TLS where clients must prove who they are, or do not ask for it here."),
            of(
                    Violation.WRONG_FINISHED,
                    "The two ends did not see the same handshake, or hold different keys.",
                    "Look for a proxy that alters the handshake, then for a defect of either end's TLS software."),
            of(
                    Violation.INTERNAL,
                    "Something failed at this end, not at the {peer}.",
                    "Read the message; if it names AlmostTLS's own code, report it with this line."));

    private ViolationAdvice() {}

    static Map.Entry<Violation, Advice> of(Violation violation, String cause, String next) {
        return entry(violation, new Advice(cause, next));
    }

    /** For a violation newer than these lists, its own words. */
    static Advice on(Violation violation) {
        var own = new Advice("What this end saw: " + violation.text() + ".", "See " + violation.section() + ".");
        return Stream.of(RECORDS, MESSAGES, OFFERS, HELLOS, CERTIFICATES, KEY_EXCHANGE, Tls13Advice.ALL)
                .flatMap(group -> Stream.ofNullable(group.get(violation)))
                .findFirst()
                .orElse(own);
    }
}
