package org.almosttls.jsse;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.PeerVerifier;

/** Has the context's trust manager judge the peer. */
final class TrustManagerVerifier extends PeerVerifier {

    private final X509ExtendedTrustManager trust;
    private final Asker asker;
    private final Consumer<HandshakeFacts> learner;
    private Optional<List<X509Certificate>> issuers = Optional.empty();

    /** @param learner told what is known, so that the handshake session answers what the trust manager asks it */
    TrustManagerVerifier(X509ExtendedTrustManager trust, Asker asker, Consumer<HandshakeFacts> learner) {
        this.trust = trust;
        this.asker = asker;
        this.learner = learner;
    }

    @Override
    protected void check(PeerIdentity identity) throws CertificateException {
        learner.accept(identity.facts());
        var chain = identity.chain().toArray(new X509Certificate[0]);
        asker.checkTrusted(trust, identity.role(), chain, identity.authType());
    }

    @Override
    public List<X509Certificate> acceptedIssuers() {
        return issuers.orElseGet(this::named);
    }

    /** Asks the trust manager for them now, and not where it would keep others waiting. */
    TrustManagerVerifier knowingIssuers() {
        issuers = Optional.of(named());
        return this;
    }

    private List<X509Certificate> named() {
        var accepted = trust.getAcceptedIssuers();
        return accepted == null ? List.of() : List.of(accepted);
    }
}
