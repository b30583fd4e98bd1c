package org.almosttls.jetty;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.ServiceLoader;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.almosttls.AlmostTlsProvider;
import org.eclipse.jetty.io.ssl.ALPNProcessor;

/** Prints which of the processors that Jetty finds take an engine of ours. */
public final class AlpnTakers {

    private AlpnTakers() {}

    public static void main(String[] arguments) throws GeneralSecurityException {
        SSLEngine engine = engine(new AlmostTlsProvider());
        for (var role : List.of(ALPNProcessor.Server.class, ALPNProcessor.Client.class)) {
            System.out.println(takers(role, engine));
        }
    }

    static SSLEngine engine(Provider provider) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS", provider);
        context.init(null, null, null);
        return context.createSSLEngine();
    }

    /** As Jetty finds them, by their names. */
    static List<String> takers(Class<? extends ALPNProcessor> role, SSLEngine engine) {
        var found = ServiceLoader.load(role).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        found.forEach(ALPNProcessor::init);
        return found.stream()
                .filter(each -> each.appliesTo(engine))
                .map(each -> each.getClass().getName())
                .toList();
    }
}
