package org.almosttls.jsse;

import java.security.SecureRandom;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.config.Textbook;
import org.almosttls.registry.Role;

/** What an initialised context gives to each of its connections. */
record ContextMeans(
        Lending lending,
        Preferences preferences,
        Textbook textbook,
        X509ExtendedKeyManager keys,
        X509ExtendedTrustManager trust,
        SecureRandom random,
        AlmostSslSessions clientSessions,
        AlmostSslSessions serverSessions,
        ContextTickets tickets) {

    AlmostSslSessions sessions(Role role) {
        return role == Role.CLIENT ? clientSessions : serverSessions;
    }
}
