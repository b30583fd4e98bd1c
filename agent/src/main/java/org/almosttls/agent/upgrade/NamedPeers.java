package org.almosttls.agent.upgrade;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts whom another trusts, and of those only who has one of some names as a URI among its own (SPIFFE-ID §2, X509-SVID §2). */
final class NamedPeers extends X509ExtendedTrustManager {

    private static final int URI = 6;

    private final X509ExtendedTrustManager chains;
    private final List<String> names;

    /** @param names in full, or up to {@code /*} */
    NamedPeers(X509ExtendedTrustManager chains, List<String> names) {
        this.chains = chains;
        this.names = names;
    }

    private void requireName(X509Certificate[] chain) throws CertificateException {
        List<String> own = uris(chain[0]);
        // X509-SVID §2: one URI, and no other.
        if (own.size() == 1 && names.stream().anyMatch(name -> matches(name, own.get(0)))) return;
        throw new CertificateException(
                "the peer is " + (own.isEmpty() ? "nobody by a URI" : own) + ", and upgrade.peers has " + names);
    }

    private static boolean matches(String name, String own) {
        return name.endsWith("/*") ? own.startsWith(name.substring(0, name.length() - 1)) : own.equals(name);
    }

    private static List<String> uris(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) return List.of();
        return names.stream()
                .filter(name -> name.get(0).equals(URI))
                .map(name -> (String) name.get(1))
                .toList();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        chains.checkServerTrusted(chain, type, socket);
        requireName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        chains.checkClientTrusted(chain, type, socket);
        requireName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        chains.checkServerTrusted(chain, type, engine);
        requireName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        chains.checkClientTrusted(chain, type, engine);
        requireName(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        chains.checkServerTrusted(chain, type);
        requireName(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        chains.checkClientTrusted(chain, type);
        requireName(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }
}
