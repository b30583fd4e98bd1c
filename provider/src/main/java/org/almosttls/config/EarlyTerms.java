package org.almosttls.config;

/**
 * RFC 8446 §2.3: data that a client sends with its hello. Whoever has seen it can send it again, and no key exchange of
 * this connection protects it: only whoever asks for it has it.
 *
 * @param toSend a client's, in whole or not at all; empty for none
 * @param most how many octets a server takes so, 0 for none
 * @param register by which a server takes none twice
 */
public record EarlyTerms(byte[] toSend, int most, TicketRegister register) {

    public static final EarlyTerms NONE = new EarlyTerms(new byte[0], 0, TicketRegister.none());

    /** A client's. */
    public static EarlyTerms sending(byte[] data) {
        return new EarlyTerms(data, 0, TicketRegister.none());
    }

    /** A server's. */
    public static EarlyTerms taking(int most, TicketRegister register) {
        return new EarlyTerms(new byte[0], most, register);
    }

    @Override
    public String toString() {
        return "EarlyTerms[" + toSend.length + " octets to send, " + most + " to take]";
    }
}
