package org.almosttls.handshake.tls12;

import org.almosttls.crypto.Secret;
import org.almosttls.keyschedule.KeyBlock;
import org.almosttls.keyschedule.Tls12MasterSecret;
import org.almosttls.keyschedule.Transcript;

/** The master secret and the record keys from it, which live as long as the handshake. */
public record SessionKeys(Tls12MasterSecret master, KeyBlock block) implements AutoCloseable {

    /**
     * RFC 5246 §8.1, RFC 7627 §4. The premaster secret stays its owner's to close.
     *
     * @param seen the transcript up to and including ClientKeyExchange
     */
    public static SessionKeys derive(Agreement agreement, Secret premaster, Transcript seen) {
        var suite = agreement.suite();
        var randoms = agreement.randoms();
        var prf = agreement.prf();
        var master = agreement.extendedMasterSecret()
                ? Tls12MasterSecret.extended(prf, premaster, prf.hash(seen))
                : Tls12MasterSecret.from(prf, premaster, randoms.client(), randoms.server());
        return new SessionKeys(master, master.keyBlock(suite, randoms.client(), randoms.server()));
    }

    /** RFC 5246 §7.3: from the master secret of a session that is resumed, which is taken over, and fresh randoms. */
    public static SessionKeys resumed(Agreement agreement, Secret secret) {
        var suite = agreement.suite();
        var randoms = agreement.randoms();
        var master = Tls12MasterSecret.resumed(agreement.prf(), secret);
        return new SessionKeys(master, master.keyBlock(suite, randoms.client(), randoms.server()));
    }

    @Override
    public void close() {
        master.close();
        block.close();
    }

    @Override
    public String toString() {
        return "SessionKeys";
    }
}
