package org.almosttls.handshake;

/** RFC 8446 §4.6.2: whether a server can ask its client for a certificate when the handshake is over. */
public enum PeerProof {
    /** The client has not offered it, or the handshake is not over, or nothing more comes from the client. */
    NOT_POSSIBLE,
    POSSIBLE,
    /** It was asked and has not answered yet. */
    DUE
}
