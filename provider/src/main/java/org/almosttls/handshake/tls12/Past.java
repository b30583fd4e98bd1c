package org.almosttls.handshake.tls12;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ApplicationProtocolSelector;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.Transition;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls12Suite;

/** RFC 5746 §3.1: what a handshake has to know of the one before it on the same connection, or that there was none. */
public sealed interface Past permits FirstHandshake, Renegotiation {

    /** How the handshake after this one begins. */
    Renewal renewal();

    Patience patience();

    /** What a client's hello says of it. */
    RenegotiationInfo ofClient();

    /** What a server's hello says of it. */
    RenegotiationInfo ofServer();

    void requireOf(ClientHello hello) throws TlsAlertException;

    void requireOf(ServerHello answer) throws TlsAlertException;

    /** Who the peer has proved to be in any handshake before, its own certificate first; empty if it has not. */
    List<X509Certificate> provenPeer();

    /** Whoever has proved to be somebody stays the same. */
    void requireSame(List<X509Certificate> peerChain) throws TlsAlertException;

    /** Whether any handshake before had the MAC over what was encrypted. */
    boolean encryptThenMac();

    /** What protects records does not become weaker. */
    void requireNoWeaker(Tls12Suite suite, boolean encryptThenMac) throws TlsAlertException;

    /** The name to ask for where {@code wanted} is what the configuration says. */
    Optional<String> serverName(Optional<String> wanted);

    /** The application protocol that is spoken already. */
    Optional<String> applicationProtocol();

    /** The application protocols to offer where {@code wanted} is what the configuration says. */
    List<String> protocolsToOffer(List<String> wanted);

    /** The application protocol to answer such an offer with. */
    Optional<String> select(List<String> offered, ApplicationProtocolSelector selector, HandshakeFacts known)
            throws TlsAlertException;

    /** What {@link #select} will answer, where that is certain by now. */
    Optional<String> foresee(List<String> offered, ApplicationProtocolSelector selector);

    /** Whether the handshake may be an abbreviated one. */
    boolean mayResume();

    /** RFC 5246 §E.1, RFC 6066 §4: what holds for all records once the hellos agree. */
    Transition agreed(Transition transition, ProtocolVersion version, RecordLimits limits);
}
