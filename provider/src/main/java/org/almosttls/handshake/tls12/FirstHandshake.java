package org.almosttls.handshake.tls12;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ApplicationProtocolSelector;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.Transition;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls12Suite;

/**
 * RFC 5746 §3.4, §3.6: in a first handshake renegotiation_info is empty. A peer without it is taken as it is, as the
 * platform does: an attack on it needs a renegotiation, and with such a peer none is ever done here.
 */
public record FirstHandshake(Renewal renewal) implements Past {

    private static final RenegotiationInfo NOTHING_BEFORE = new RenegotiationInfo(new byte[0]);

    @Override
    public Patience patience() {
        return Patience.FRESH;
    }

    @Override
    public RenegotiationInfo ofClient() {
        return NOTHING_BEFORE;
    }

    @Override
    public RenegotiationInfo ofServer() {
        return NOTHING_BEFORE;
    }

    @Override
    public void requireOf(ClientHello hello) throws TlsAlertException {
        requireEmpty(hello.extensions());
    }

    @Override
    public void requireOf(ServerHello answer) throws TlsAlertException {
        requireEmpty(answer.extensions());
    }

    private static void requireEmpty(Extensions extensions) throws TlsAlertException {
        var said = extensions.find(RenegotiationInfo.class);
        Violation.WRONG_RENEGOTIATION_INFO.when(said.isPresent() && said.get().renegotiatedConnection().length > 0);
    }

    @Override
    public List<X509Certificate> provenPeer() {
        return List.of();
    }

    @Override
    public void requireSame(List<X509Certificate> peerChain) {
        // Nobody has proved anything yet.
    }

    @Override
    public boolean encryptThenMac() {
        return false;
    }

    @Override
    public void requireNoWeaker(Tls12Suite suite, boolean encryptThenMac) {
        // Nothing is protected yet.
    }

    @Override
    public Optional<String> serverName(Optional<String> wanted) {
        return wanted;
    }

    @Override
    public Optional<String> applicationProtocol() {
        return Optional.empty();
    }

    @Override
    public List<String> protocolsToOffer(List<String> wanted) {
        return wanted;
    }

    @Override
    public Optional<String> select(List<String> offered, ApplicationProtocolSelector selector, HandshakeFacts known)
            throws TlsAlertException {
        return selector.select(offered, known);
    }

    @Override
    public Optional<String> foresee(List<String> offered, ApplicationProtocolSelector selector) {
        return selector.foresee(offered);
    }

    @Override
    public boolean mayResume() {
        return true;
    }

    @Override
    public Transition agreed(Transition transition, ProtocolVersion version, RecordLimits limits) {
        return limits.begin(transition.fixRecordVersion(version.code()));
    }
}
