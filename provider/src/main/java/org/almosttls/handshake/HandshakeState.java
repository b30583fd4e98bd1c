package org.almosttls.handshake;

import java.util.Locale;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.message.HandshakeMessage;

/** What is true at one point of a handshake, and what may come next. Immutable but for the secrets it owns. */
public interface HandshakeState {

    /**
     * Takes one message.
     *
     * @throws TlsAlertException if it is not expected here or breaks a rule; the state is then closed by the caller
     */
    Transition receive(Received in) throws TlsAlertException;

    /** Takes the outcome of the work this state's transition delegated. Nothing is received before that. */
    default Transition resume(Completion completion) throws TlsAlertException {
        throw new IllegalStateException(this + " delegated nothing");
    }

    /** This end wishes for another handshake on the same connection (RFC 5746); empty if nothing comes of it. */
    default Optional<Transition> again() throws TlsAlertException {
        return Optional.empty();
    }

    /** The peer declines the handshake that this end has wished for (RFC 5246 §7.2.2); empty if there is none. */
    default Optional<Transition> declined() {
        return Optional.empty();
    }

    /** RFC 8446 §4.6.2: how it stands with asking the peer who it is, after the handshake. */
    default PeerProof peerProof() {
        return PeerProof.NOT_POSSIBLE;
    }

    /**
     * This end asks, where it can.
     *
     * @param wanted what it wants by now
     */
    default Transition ask(TlsConfig wanted) throws TlsAlertException {
        throw new IllegalStateException(this + " cannot ask");
    }

    /** Erases the secrets that this state owns; called when the connection fails or is closed in this state. */
    default void close() {}

    /** The violation for a message that this state does not accept. */
    default TlsAlertException unexpected(Received in) {
        String name = in.message() instanceof HandshakeMessage handshake
                ? handshake.type().name().toLowerCase(Locale.ROOT)
                : "change_cipher_spec";
        return Violation.UNEXPECTED_MESSAGE.exception(name + " in " + getClass().getSimpleName());
    }
}
