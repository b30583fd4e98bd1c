package org.almosttls.trace;

import static java.util.Map.entry;

import java.util.Map;
import org.almosttls.alert.AlertDescription;

/** What a peer's alert tells, and what it does not: an alert names a kind of failure, never its reason. */
final class AlertAdvice {

    private static final String THEIR_LOG = "The reason stands in the {peer}'s own log only.";
    private static final String OUR_CERTIFICATE = "Compare the chain that this end sent, in this line, with what the"
            + " {peer} trusts and expects. " + THEIR_LOG;
    private static final String OURS_OR_THEIRS =
            THEIR_LOG + " If it happens each time, one end's TLS software has a defect: send its makers a capture.";

    private static final Map<AlertDescription, Advice> NEGOTIATION = Map.ofEntries(
            of(
                    AlertDescription.HANDSHAKE_FAILURE,
                    "The {peer} said handshake_failure and not why. Most often it has no version, cipher suite, group"
                            + " or signature scheme in common with what this end offers, no certificate that fits, or"
                            + " wants a client certificate.",
                    "Compare what was offered, in this line, with what the {peer} allows. " + THEIR_LOG),
            of(
                    AlertDescription.PROTOCOL_VERSION,
                    "The {peer} speaks none of the protocol versions that were offered.",
                    "Find out which versions the {peer} speaks, and enable a common one on one side."),
            of(
                    AlertDescription.INSUFFICIENT_SECURITY,
                    "The {peer} finds what was offered too weak.",
                    "Enable stronger cipher suites or groups at this end."),
            of(
                    AlertDescription.NO_APPLICATION_PROTOCOL,
                    "The {peer} speaks none of the application protocols (ALPN) that were offered.",
                    "Compare the offer in this line with what the {peer} speaks; offer http/1.1 too, or none."),
            of(
                    AlertDescription.UNRECOGNIZED_NAME,
                    "The {peer} does not serve the name that was asked for.",
                    "Compare the name in this line with the names that the {peer} is configured for."),
            of(
                    AlertDescription.INAPPROPRIATE_FALLBACK,
                    "The {peer} saw a second attempt at a lower version than both ends can speak.",
                    "Let the client offer its newest version at once; look for what made the first attempt fail."),
            of(
                    AlertDescription.NO_RENEGOTIATION,
                    "The {peer} does not want a new handshake on this connection.",
                    "Open a new connection instead."),
            of(
                    AlertDescription.MISSING_EXTENSION,
                    "The {peer} misses an extension that it needs.",
                    "Compare the offer in this line with what the {peer} demands. " + THEIR_LOG),
            of(
                    AlertDescription.UNSUPPORTED_EXTENSION,
                    "The {peer} got an extension that it says it did not ask for.",
                    OURS_OR_THEIRS),
            of(
                    AlertDescription.UNKNOWN_PSK_IDENTITY,
                    "The {peer} does not know the pre-shared key that was offered.",
                    "Open a connection without it."));

    private static final Map<AlertDescription, Advice> CERTIFICATES = Map.ofEntries(
            of(
                    AlertDescription.CERTIFICATE_UNKNOWN,
                    "The {peer} refused this end's certificate and did not say why. Java peers say this for an"
                            + " untrusted CA, a wrong name and, before Java 25, an expired certificate alike.",
                    OUR_CERTIFICATE),
            of(
                    AlertDescription.UNKNOWN_CA,
                    "The {peer} does not trust the CA of this end's certificate.",
                    "Add the CA of the chain that this end sent to the {peer}'s trust store; check that this end sends"
                            + " its intermediate certificates."),
            of(
                    AlertDescription.BAD_CERTIFICATE,
                    "The {peer} finds this end's certificate corrupt or not acceptable, or misses one; Java 17 servers"
                            + " say this when no client certificate came.",
                    OUR_CERTIFICATE),
            of(
                    AlertDescription.CERTIFICATE_EXPIRED,
                    "The {peer} finds this end's certificate not valid at this time.",
                    "Compare its dates in this line with the {peer}'s clock; renew it, and restart what loaded it."),
            of(
                    AlertDescription.CERTIFICATE_REVOKED,
                    "The {peer} says that this end's certificate is revoked.",
                    "Get a new certificate."),
            of(
                    AlertDescription.UNSUPPORTED_CERTIFICATE,
                    "The {peer} cannot use this end's certificate, for its kind of key or its permitted uses.",
                    OUR_CERTIFICATE),
            of(
                    AlertDescription.CERTIFICATE_REQUIRED,
                    "The {peer} insists on a client certificate, and none came.",
                    "Give this end a key store with a private key and a certificate from a CA that the {peer} names;"
                            + " keys of other CAs, or of another kind, are silently not sent."),
            of(
                    AlertDescription.ACCESS_DENIED,
                    "The {peer} believes this end's certificate, and does not let it in.",
                    "Ask for access for the subject of the certificate that this end sent."),
            of(
                    AlertDescription.BAD_CERTIFICATE_STATUS_RESPONSE,
                    "The {peer} refused the stapled certificate status.",
                    OUR_CERTIFICATE));

    private static final Map<AlertDescription, Advice> PROTOCOL = Map.ofEntries(
            of(
                    AlertDescription.UNEXPECTED_MESSAGE,
                    "The {peer} got a message that it did not expect at this point.",
                    OURS_OR_THEIRS),
            of(
                    AlertDescription.BAD_RECORD_MAC,
                    "A record reached the {peer} that does not authenticate: altered, or made with other keys.",
                    OURS_OR_THEIRS),
            of(
                    AlertDescription.DECOMPRESSION_FAILURE,
                    "A record reached the {peer} that it cannot decompress.",
                    "Switch compression off: nobody should use it (CRIME)."),
            of(AlertDescription.RECORD_OVERFLOW, "The {peer} got a record longer than it takes.", OURS_OR_THEIRS),
            of(
                    AlertDescription.ILLEGAL_PARAMETER,
                    "The {peer} got a value that it finds out of range or contradictory.",
                    OURS_OR_THEIRS),
            of(AlertDescription.DECODE_ERROR, "The {peer} could not read a message.", OURS_OR_THEIRS),
            of(
                    AlertDescription.DECRYPT_ERROR,
                    "A signature or Finished of this end did not verify at the {peer}.",
                    "Check that this end's certificate and private key belong together; look for a proxy that alters"
                            + " the handshake."),
            of(AlertDescription.INTERNAL_ERROR, "Something failed at the {peer}, for reasons of its own.", THEIR_LOG),
            of(
                    AlertDescription.ALMOST_FAILURE,
                    "The {peer} says that something failed: AlmostTLSv1 has one error for everything, so that nobody"
                            + " learns from it.",
                    THEIR_LOG),
            of(AlertDescription.USER_CANCELED, "The {peer} gave the handshake up, for reasons of its own.", THEIR_LOG));

    private AlertAdvice() {}

    private static Map.Entry<AlertDescription, Advice> of(AlertDescription alert, String cause, String next) {
        return entry(alert, new Advice(cause, next));
    }

    /** For an alert that these lists do not have, its name. */
    static Advice on(AlertDescription alert) {
        var own = new Advice("The {peer} said " + alert.name() + " and not why.", THEIR_LOG);
        return CERTIFICATES.getOrDefault(alert, NEGOTIATION.getOrDefault(alert, PROTOCOL.getOrDefault(alert, own)));
    }
}
