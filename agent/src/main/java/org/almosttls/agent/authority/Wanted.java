package org.almosttls.agent.authority;

import java.util.List;

/**
 * What is to be in a certificate.
 *
 * @param name of whom it is for
 * @param names by which it may be reached: {@code dns:a.example} or {@code ip:10.0.0.7}
 * @param uris such as its SPIFFE ID
 * @param days for how many it holds
 * @param rsa whether its key is one to encrypt to, as AlmostTLSv1 wants it
 */
public record Wanted(String name, List<String> names, List<String> uris, int days, boolean rsa) {

    /** @throws IllegalArgumentException if that cannot be in a certificate, or in the name of a file */
    public Wanted {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}"))
            throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a file");
        if (days < 1) throw new IllegalArgumentException("a certificate holds for a day at least, and not for " + days);
        for (String each : names) {
            if (!each.matches("(?i)dns:[a-z0-9*][a-z0-9.*-]*|ip:[0-9a-f.:]+"))
                throw new IllegalArgumentException("\"" + each + "\" is neither dns:NAME nor ip:ADDRESS");
        }
        // SPIFFE-ID §2: a trust domain, and no query, fragment, port or user.
        for (String uri : uris) {
            if (!uri.matches("spiffe://[a-z0-9._-]+(/[A-Za-z0-9._-]+)*"))
                throw new IllegalArgumentException("\"" + uri + "\" is no SPIFFE ID");
        }
        if (uris.size() > 1) throw new IllegalArgumentException("a certificate has one SPIFFE ID");
    }
}
