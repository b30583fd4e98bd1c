package org.almosttls.agent.lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.agent.authority.ThrowAwayAuthority;

/**
 * Who can prove what, made once for a run of the lab.
 *
 * @param trusted the authority that Bob trusts
 * @param alice hers, for localhost
 * @param stranger Mallory's, for localhost, by an authority of his own
 * @param misnamed Mallory's, by the right authority, for the name that is really his
 */
record Identities(X509Certificate trusted, Identity alice, Identity stranger, Identity misnamed) {

    static final String MALLORY = "mallory.example";

    static Identities create() throws GeneralSecurityException, IOException {
        var authority = new ThrowAwayAuthority();
        var mallorys = new ThrowAwayAuthority("Mallory's own CA");
        var ofAlice = ThrowAwayAuthority.newRsaKeys();
        var ofMallory = ThrowAwayAuthority.newRsaKeys();
        return new Identities(
                authority.certificate(),
                new Identity(ofAlice, authority.forLocalhost(ofAlice), authority.certificate()),
                new Identity(ofMallory, mallorys.forLocalhost(ofMallory), mallorys.certificate()),
                new Identity(ofMallory, authority.forName(MALLORY, ofMallory), authority.certificate()));
    }

    TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", trusted);
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }
}
