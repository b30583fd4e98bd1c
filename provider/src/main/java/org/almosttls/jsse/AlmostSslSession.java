package org.almosttls.jsse;

import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import javax.net.ssl.SSLSessionContext;
import org.almosttls.api.KeyingMaterial;
import org.almosttls.config.KeyExporter;
import org.almosttls.engine.TlsConnection;
import org.almosttls.event.Endpoint;
import org.almosttls.registry.SignatureScheme;

/** A session as JSSE shows it: of a handshake that runs, of one that is finished, or of none at all. */
final class AlmostSslSession extends ExtendedSSLSession implements KeyingMaterial {

    private final AlmostSslSessions sessions;
    private final Origin origin;
    private final Map<String, Object> values = new ConcurrentHashMap<>();
    private final ExportedKeys.OfConnections exporters = new ExportedKeys.OfConnections();
    private volatile Times times;
    private volatile SessionFacts facts = SessionFacts.NONE;
    private volatile Life life = new Life(false, false);

    /** Known before the handshake. */
    private record Origin(Endpoint peer, List<SignatureScheme> localSchemes) {}

    /** In milliseconds since 1970. */
    private record Times(long created, long accessed) {}

    private record Life(boolean finished, boolean invalidated) {}

    /**
     * @param peer with an empty host if it is not known
     * @param localSchemes what this end accepts in the peer's certificates
     */
    AlmostSslSession(Endpoint peer, AlmostSslSessions sessions, List<SignatureScheme> localSchemes) {
        this.sessions = sessions;
        this.origin = new Origin(peer, localSchemes);
        long now = sessions.clock().now().toEpochMilli();
        this.times = new Times(now, now);
    }

    SessionFacts facts() {
        return facts;
    }

    /** The handshake knows more now. */
    void learn(SessionFacts more) {
        facts = more;
    }

    /** The handshake is finished; whoever says so again changes nothing. */
    synchronized void finish(SessionFacts all) {
        if (isFinished()) return;
        facts = all;
        life = new Life(true, life.invalidated);
    }

    /** A connection that has it. */
    void export(KeyExporter exporter) {
        exporters.add(exporter);
    }

    /** Overrides what newer platforms have. */
    @Override
    public SecretKey exportKeyingMaterialKey(String keyAlg, String label, byte[] context, int length)
            throws SSLKeyException {
        return new ExportedKeys(exporters).exportKeyingMaterialKey(keyAlg, label, context, length);
    }

    @Override
    public byte[] exportKeyingMaterialData(String label, byte[] context, int length) throws SSLKeyException {
        return new ExportedKeys(exporters).exportKeyingMaterialData(label, context, length);
    }

    /** A session that came in a ticket may be older than what is known of it here. */
    void beganAt(Instant began) {
        long created = Math.min(times.created, began.toEpochMilli());
        times = new Times(created, times.accessed);
    }

    /** Another connection goes on with it. */
    void access() {
        times = new Times(times.created, sessions.clock().now().toEpochMilli());
    }

    /** Whether it is the session of this id; one without an id is not. */
    boolean isOf(byte[] id) {
        return id.length > 0 && Arrays.equals(id, facts.id());
    }

    boolean isFinished() {
        return life.finished;
    }

    @Override
    public byte[] getId() {
        return facts.id().clone();
    }

    /** Null before the handshake is finished. */
    @Override
    public SSLSessionContext getSessionContext() {
        return isFinished() ? sessions : null;
    }

    @Override
    public long getCreationTime() {
        return times.created;
    }

    @Override
    public long getLastAccessedTime() {
        return times.accessed;
    }

    /** Also during the handshake, by a trust manager say: the session is valid for no connection, then, but this one. */
    @Override
    public void invalidate() {
        synchronized (this) {
            life = new Life(life.finished, true);
        }
        sessions.remove(this);
    }

    @Override
    public boolean isValid() {
        var now = life;
        return now.finished && !now.invalidated;
    }

    boolean isInvalidated() {
        return life.invalidated;
    }

    @Override
    public void putValue(String name, Object value) {
        if (name == null || value == null) throw new IllegalArgumentException("arguments can not be null");
        Object old = values.put(name, value);
        unbound(name, old);
        if (value instanceof SSLSessionBindingListener listener)
            listener.valueBound(new SSLSessionBindingEvent(this, name));
    }

    @Override
    public Object getValue(String name) {
        if (name == null) throw new IllegalArgumentException("argument can not be null");
        return values.get(name);
    }

    @Override
    public void removeValue(String name) {
        if (name == null) throw new IllegalArgumentException("argument can not be null");
        unbound(name, values.remove(name));
    }

    @Override
    public String[] getValueNames() {
        return values.keySet().toArray(new String[0]);
    }

    private void unbound(String name, Object value) {
        if (value instanceof SSLSessionBindingListener listener)
            listener.valueUnbound(new SSLSessionBindingEvent(this, name));
    }

    @Override
    public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
        return verifiedPeer().toArray(new X509Certificate[0]);
    }

    @Override
    public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
        return verifiedPeer().get(0).getSubjectX500Principal();
    }

    private List<X509Certificate> verifiedPeer() throws SSLPeerUnverifiedException {
        var chain = facts.peerChain();
        if (chain.isEmpty()) throw new SSLPeerUnverifiedException("peer not authenticated");
        return chain;
    }

    /** Null if this end sent none. */
    @Override
    public Certificate[] getLocalCertificates() {
        var chain = facts.localChain();
        return chain.isEmpty() ? null : chain.toArray(new X509Certificate[0]);
    }

    /** Null if this end sent no certificate. */
    @Override
    public Principal getLocalPrincipal() {
        var chain = facts.localChain();
        return chain.isEmpty() ? null : chain.get(0).getSubjectX500Principal();
    }

    @Override
    public String getCipherSuite() {
        return facts.cipherSuite();
    }

    @Override
    public String getProtocol() {
        return facts.protocol();
    }

    /** Null if it is not known. */
    @Override
    public String getPeerHost() {
        return origin.peer.host().isEmpty() ? null : origin.peer.host();
    }

    @Override
    public int getPeerPort() {
        return origin.peer.port();
    }

    /** RFC 5246 §6.2.3: protection adds 2048 octets at the most, however long records are. */
    @Override
    public int getPacketBufferSize() {
        return TlsConnection.MAX_RECORD - TlsConnection.MAX_PLAINTEXT + facts.fragmentLength();
    }

    /** Less than 2^14 only where max_fragment_length is agreed, as that holds for all connections with the session. */
    @Override
    public int getApplicationBufferSize() {
        return facts.fragmentLength();
    }

    @Override
    public String[] getLocalSupportedSignatureAlgorithms() {
        return SignatureNames.of(origin.localSchemes);
    }

    @Override
    public String[] getPeerSupportedSignatureAlgorithms() {
        return SignatureNames.of(facts.peerSchemes());
    }

    @Override
    public List<SNIServerName> getRequestedServerNames() {
        return facts.serverNames();
    }

    /** RFC 6066 §8: for the server's own certificate, if it has sent one; else empty. */
    @Override
    public List<byte[]> getStatusResponses() {
        return facts.statusResponses().stream().map(byte[]::clone).toList();
    }

    @Override
    public String toString() {
        return "Session(" + times.created + "|" + getCipherSuite() + ")";
    }
}
