package org.almosttls.interop;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.event.TlsEventListener;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.TestCertificates;

/** Contexts and parameters of our stack, whose sessions are logged. */
final class Ours {

    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** How long a read or an accept may wait. */
    static final int PATIENCE_MILLIS = 10_000;

    private static final String GROUPS = "jdk.tls.namedGroups";
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    static {
        // The platform reads that property once, and is to read it as it was.
        Contexts.client(Contexts.PLATFORM).createSSLEngine();
    }

    private Ours() {}

    static SSLContext context(Terms own, SessionLines lines) throws GeneralSecurityException {
        return context(own, () -> lines);
    }

    /** Each connection has a listener of its own. */
    static SSLContext context(Terms own, Supplier<TlsEventListener> listeners) throws GeneralSecurityException {
        return withGroups(own, () -> {
            var context = withAllThatIsWanted(
                    own, () -> SSLContext.getInstance(own.version(), new AlmostTlsProvider(listeners)));
            var keys = own.own().map(Contexts::keys).orElse(new KeyManager[0]);
            context.init(keys, Contexts.trust(TestCertificates.trustStore(own.trusted())), null);
            return context;
        });
    }

    /** Platforms disable static RSA and TLS 1.1 by a security property, which ours heeds when a context is made. */
    private static SSLContext withAllThatIsWanted(Terms own, Maker maker) throws GeneralSecurityException {
        String before = Security.getProperty(DISABLED);
        // What TLS 1.1 signs with.
        var sha1 = own.version().equals("TLSv1.1") ? "\\w+_sha1 usage HandshakeSignature|" : "";
        var unwanted = "(TLS_RSA_\\*|" + sha1 + own.version() + ")\\s*(,|$)";
        Security.setProperty(DISABLED, before.replaceAll(unwanted, ""));
        try {
            return maker.make();
        } finally {
            Security.setProperty(DISABLED, before);
        }
    }

    /** Makes a context. */
    interface Maker {
        SSLContext make() throws GeneralSecurityException;
    }

    /** Groups are read from a property when a context is made; Java has a method for them only since 20. */
    static SSLContext withGroups(Terms own, Maker maker) throws GeneralSecurityException {
        var before = Optional.ofNullable(System.getProperty(GROUPS));
        if (!own.groups().isEmpty()) System.setProperty(GROUPS, String.join(",", own.groups()));
        try {
            return maker.make();
        } finally {
            before.ifPresentOrElse(value -> System.setProperty(GROUPS, value), () -> System.clearProperty(GROUPS));
        }
    }

    /** Changes what an engine or socket has by default. */
    static SSLParameters change(SSLParameters parameters, Terms own, boolean client) {
        if (!own.suites().isEmpty()) parameters.setCipherSuites(own.suites().toArray(String[]::new));
        parameters.setProtocols(new String[] {own.version()});
        parameters.setMaximumPacketSize(own.packets());
        parameters.setApplicationProtocols(own.alpn().toArray(String[]::new));
        switch (own.asks()) {
            case NEED -> parameters.setNeedClientAuth(true);
            case WANT -> parameters.setWantClientAuth(true);
            default -> parameters.setNeedClientAuth(false);
        }
        if (own.name().isEmpty()) return parameters;
        String name = own.name().get();
        if (client) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        } else {
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher(name.replace(".", "[.]"))));
        }
        return parameters;
    }
}
