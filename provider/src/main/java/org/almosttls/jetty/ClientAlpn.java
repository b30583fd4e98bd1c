package org.almosttls.jetty;

import org.eclipse.jetty.io.ssl.ALPNProcessor;

/** For Jetty's clients. */
public final class ClientAlpn extends OurEngines implements ALPNProcessor.Client {

    public ClientAlpn() {
        super(ALPNProcessor.Client.class, "org.eclipse.jetty.alpn.java.client.JDK9ClientALPNProcessor");
    }
}
