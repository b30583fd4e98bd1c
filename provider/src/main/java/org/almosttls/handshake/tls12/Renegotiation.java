package org.almosttls.handshake.tls12;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ApplicationProtocolSelector;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.ServerNames;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.Transition;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls12Suite;

/**
 * RFC 5746: a handshake that follows another on the same connection. Both hellos repeat what the last Finished said, so
 * that nobody can splice the first handshake of one connection in as the second of another.
 *
 * @param session what the last handshake agreed on
 * @param provenPeer who the peer has proved to be, also where the last handshake did not ask again
 * @param encryptThenMac whether any handshake so far had the MAC over what was encrypted
 * @param secure whether the peer knows RFC 5746; with one that does not, no handshake follows another
 */
public record Renegotiation(
        Renewal renewal,
        NegotiatedSession session,
        List<X509Certificate> provenPeer,
        boolean encryptThenMac,
        boolean secure,
        byte[] clientVerifyData,
        byte[] serverVerifyData,
        Patience patience)
        implements Past {

    /**
     * RFC 5746 §4.1, §4.3: never with a peer that does not know it; and RFC 7627 §5.4: nor where the session is not
     * bound to its handshake, since somebody in the middle could then have the same verify_data at both ends.
     */
    public boolean isPossible() {
        return renewal.isEnabled() && secure && session.extendedMasterSecret();
    }

    /** Whether it is done now if the peer wants it. */
    public boolean heedsPeer() {
        return isPossible() && renewal.heedsPeer() && patience.isLeft(renewal.nanoTime());
    }

    /** The peer has wanted it, and it is done. */
    public Renegotiation heeding() {
        return with(patience.heeding(renewal.nanoTime()));
    }

    /** The peer has wanted it in vain. */
    public Renegotiation refusing() throws TlsAlertException {
        return with(patience.refusing(renewal.nanoTime()));
    }

    private Renegotiation with(Patience left) {
        return new Renegotiation(
                renewal, session, provenPeer, encryptThenMac, secure, clientVerifyData, serverVerifyData, left);
    }

    public Transition begin() throws TlsAlertException {
        return renewal.begin(this);
    }

    /** RFC 5746 §3.5. */
    @Override
    public RenegotiationInfo ofClient() {
        return new RenegotiationInfo(clientVerifyData);
    }

    /** RFC 5746 §3.7. */
    @Override
    public RenegotiationInfo ofServer() {
        byte[] both = Arrays.copyOf(clientVerifyData, clientVerifyData.length + serverVerifyData.length);
        System.arraycopy(serverVerifyData, 0, both, clientVerifyData.length, serverVerifyData.length);
        return new RenegotiationInfo(both);
    }

    @Override
    public void requireOf(ClientHello hello) throws TlsAlertException {
        // RFC 5746 §3.7: the signal of a first handshake must not be in this one.
        Violation.SIGNALLING_SUITE_MISPLACED.when(
                hello.cipherSuites().contains(CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV));
        requireBound(hello.extensions(), ofClient());
        var names = hello.extensions()
                .find(ServerNames.class)
                .map(ServerNames::hostNames)
                .orElse(List.of());
        // RFC 5746 §5: applications do not expect that the client turns to another server.
        Violation.SERVER_NAME_CHANGED.unless(names.equals(session.serverNames()));
    }

    @Override
    public void requireOf(ServerHello answer) throws TlsAlertException {
        requireBound(answer.extensions(), ofServer());
    }

    private static void requireBound(Extensions extensions, RenegotiationInfo expected) throws TlsAlertException {
        // RFC 5746 §3.5, §3.7: it must be there, and must be what was said last; else the handshake is aborted.
        var said = extensions.find(RenegotiationInfo.class).orElseThrow(Violation.WRONG_RENEGOTIATION_INFO::exception);
        Violation.WRONG_RENEGOTIATION_INFO.unless(
                MessageDigest.isEqual(expected.renegotiatedConnection(), said.renegotiatedConnection()));
        // RFC 7627 §5.4: a master secret that is not bound would undo what the handshake before has proved.
        Violation.RENEGOTIATION_NOT_BOUND.unless(
                extensions.find(ExtendedMasterSecret.class).isPresent());
    }

    /** RFC 5746 §5: applications do not expect that who has proved to be one becomes another. */
    @Override
    public void requireSame(List<X509Certificate> peerChain) throws TlsAlertException {
        Violation.CERTIFICATE_CHANGED.unless(
                provenPeer.isEmpty() || provenPeer.get(0).equals(peerChain.get(0)));
    }

    /**
     * RFC 7366 §3.1: once the MAC is over what was encrypted, it is not again over what is to be encrypted, whatever
     * suite without a MAC comes between.
     */
    @Override
    public void requireNoWeaker(Tls12Suite suite, boolean encryptsThenMacs) throws TlsAlertException {
        Violation.ENCRYPT_THEN_MAC_DROPPED.when(encryptThenMac && suite.isCbc() && !encryptsThenMacs);
    }

    @Override
    public Optional<String> serverName(Optional<String> wanted) {
        return session.serverNames().stream().findFirst();
    }

    /**
     * RFC 7301 §3.2 lets a renegotiation change it; but octets of either protocol may be under way then, and an
     * application that has asked what is spoken does not ask again.
     */
    @Override
    public Optional<String> applicationProtocol() {
        return session.applicationProtocol();
    }

    @Override
    public List<String> protocolsToOffer(List<String> wanted) {
        return applicationProtocol().stream().toList();
    }

    /** A client that does not offer what is spoken wants to speak another; what has begun without stays without. */
    @Override
    public Optional<String> select(List<String> offered, ApplicationProtocolSelector selector, HandshakeFacts known)
            throws TlsAlertException {
        if (applicationProtocol().isPresent()
                && !offered.contains(applicationProtocol().get()))
            throw Violation.NO_APPLICATION_PROTOCOL.exception(
                    applicationProtocol().get() + " is spoken, offered " + offered);
        return applicationProtocol();
    }

    @Override
    public Optional<String> foresee(List<String> offered, ApplicationProtocolSelector selector) {
        return applicationProtocol();
    }

    /** Whoever wants fresh keys or a certificate is not served by a session's old secret. */
    @Override
    public boolean mayResume() {
        return false;
    }

    /** The version is known; and the limits hold with the keys, for data may be on its way that knows nothing of them. */
    @Override
    public Transition agreed(Transition transition, ProtocolVersion version, RecordLimits limits) {
        return transition;
    }
}
