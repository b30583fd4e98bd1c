package org.almosttls.agent.upgrade;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What the first bytes of one direction say. */
enum FirstBytes {
    /** Too few to tell. */
    TOO_FEW(""),
    /** A record of TLS with a ClientHello in it, or one of AlmostTLSv1. */
    HELLO("TLS of the application's own"),
    /** PostgreSQL's SSLRequest or GSSENCRequest: whoever sends it goes on by itself. */
    POSTGRES_REQUEST("PostgreSQL asks for encryption by itself"),
    /** RFC 4511 §4.14: StartTLS. */
    LDAP_START_TLS("LDAP asks for TLS by itself"),
    /** RFC 9110 §9.3.6: what goes through the tunnel is between others. */
    CONNECT("a tunnel through a proxy"),
    /** Plaintext. */
    OTHER("");

    /** Type, version, length, and the type of the message. */
    static final int ENOUGH = 6;

    /** What LDAP calls its request lies behind at most so many. */
    static final int ENOUGH_FOR_ALL = 64;

    /** RFC 8446 §5.1 and §6: the header of the record, the level, and the description. */
    static final int ALERT_LENGTH = 7;

    /** Of PostgreSQL's requests, by their last octet: SSLRequest and GSSENCRequest. */
    static final int POSTGRES_LENGTH = 8;

    static final Set<Byte> POSTGRES_REQUESTS = Set.of((byte) 0x2F, (byte) 0x30);

    private static final byte[] POSTGRES = {0, 0, 0, POSTGRES_LENGTH, 0x04, (byte) 0xD2, 0x16};

    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final byte[] TUNNEL = "CONNECT ".getBytes(StandardCharsets.US_ASCII);

    private final String meaning;

    FirstBytes(String meaning) {
        this.meaning = meaning;
    }

    /** In a few words, empty if there is nothing to say. */
    String meaning() {
        return meaning;
    }

    /** Whether the application, or another, sees to encryption by itself. */
    boolean isLeftAlone() {
        return !meaning.isEmpty();
    }

    /** Of what a client sends. */
    static FirstBytes of(byte[] bytes, int offset, int length) {
        FirstBytes hello = hello(bytes, offset, length);
        if (hello != OTHER) return hello;
        if (isPostgresRequest(bytes, offset, length)) return POSTGRES_REQUEST;
        if (startsWith(bytes, offset, length, TUNNEL)) return CONNECT;
        if (StartTls.lengthOf(bytes, offset, length) > 0) return LDAP_START_TLS;
        return OTHER;
    }

    /** Whether a ClientHello is what begins. RFC 8446 §5.1 and docs/almost-tls-v1.md. */
    private static FirstBytes hello(byte[] bytes, int offset, int length) {
        for (int i = 0; i < Math.min(length, ENOUGH); i++) {
            int octet = bytes[offset + i] & 0xFF;
            boolean textbook = length > 1 && (bytes[offset + 1] & 0xFF) == 0xA1;
            boolean right = switch (i) {
                case 0 -> octet == HANDSHAKE;
                case 1 -> octet == 3 || textbook;
                case 2 -> textbook ? octet == 1 : octet <= 4;
                case 5 -> octet == 1 || textbook;
                default -> true;
            };
            if (!right) return OTHER;
        }
        return length < ENOUGH ? TOO_FEW : HELLO;
    }

    private static boolean isPostgresRequest(byte[] bytes, int offset, int length) {
        return length == POSTGRES_LENGTH && mayAskAsPostgres(bytes, offset, length);
    }

    /** Whether a request of PostgreSQL begins with these, or is these. */
    static boolean mayAskAsPostgres(byte[] bytes, int offset, int length) {
        for (int i = 0; i < Math.min(length, POSTGRES.length); i++) if (bytes[offset + i] != POSTGRES[i]) return false;
        return length < POSTGRES_LENGTH
                || length == POSTGRES_LENGTH && POSTGRES_REQUESTS.contains(bytes[offset + POSTGRES.length]);
    }

    /** Whether this is how a peer of TLS answers a ClientHello: with a ServerHello or an alert, and not with the same. */
    static boolean isAnswerOfTls(byte[] bytes, int length) {
        if (length < 2 || bytes[1] != 3 && (bytes[1] & 0xFF) != 0xA1) return false;
        return bytes[0] == ALERT || bytes[0] == HANDSHAKE && length >= ENOUGH && bytes[ENOUGH - 1] != 1;
    }

    /** Whether TLS goes on with these, which may be as few as a header has; a ClientHello begins it. */
    static boolean isTls(byte[] bytes) {
        if (isAnswerOfTls(bytes, bytes.length)) return true;
        return bytes.length > 1 && bytes.length < ENOUGH && bytes[0] == HANDSHAKE && bytes[1] == 3;
    }

    /** Whether they are all of an alert in plaintext. */
    static boolean isAlert(byte[] bytes) {
        return bytes.length == ALERT_LENGTH
                && isAnswerOfTls(bytes, bytes.length)
                && bytes[0] == ALERT
                && bytes[3] == 0
                && bytes[4] == 2;
    }

    private static boolean startsWith(byte[] bytes, int offset, int length, byte[] start) {
        if (length < start.length) return false;
        for (int i = 0; i < start.length; i++) if (bytes[offset + i] != start[i]) return false;
        return true;
    }
}
