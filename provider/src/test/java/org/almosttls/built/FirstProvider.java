package org.almosttls.built;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.ServiceLoader;
import javax.net.ssl.SSLContext;

/** The main class of a child JVM: prints how an application there meets the provider. */
final class FirstProvider {

    private FirstProvider() {}

    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        for (var provider : Security.getProviders()) System.out.println("provider: " + provider.getName());
        System.out.println("first: " + Security.getProviders()[0].getName());
        System.out.println("tls: " + SSLContext.getInstance("TLS").getProvider().getName());
        System.out.println("default: " + SSLContext.getDefault().getProvider().getName());
        ServiceLoader.load(Provider.class).stream()
                .filter(provider -> provider.type().getName().startsWith("org.almosttls"))
                .forEach(provider ->
                        System.out.println("loaded: " + provider.get().getName() + " from "
                                + (provider.type().getModule().isNamed() ? "a module" : "the class path")));
    }
}
