package org.almosttls.jsse;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.registry.Role;

/** A listening socket; what it is asked for goes for the sockets that it accepts from then on. */
final class AlmostSslServerSocket extends SSLServerSocket {

    private final ContextMeans means;
    private final ConnectionWishes wishes;

    AlmostSslServerSocket(ContextMeans means) throws IOException {
        this.means = means;
        this.wishes = new ConnectionWishes(means, Role.SERVER);
    }

    /** Does not wait for the handshake. */
    @Override
    public Socket accept() throws IOException {
        return new AlmostSslSocket(means, wishes.copy(), super.accept());
    }

    @Override
    public SSLParameters getSSLParameters() {
        return wishes.parameters("");
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        wishes.takeOver(parameters);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return wishes.supportedSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return wishes.suites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        wishes.suites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return wishes.supportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return wishes.protocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        wishes.protocols(protocols);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        wishes.clientAuthentication(need ? ClientAuthentication.NEED : ClientAuthentication.NONE);
    }

    @Override
    public boolean getNeedClientAuth() {
        return wishes.clientAuthentication() == ClientAuthentication.NEED;
    }

    @Override
    public void setWantClientAuth(boolean want) {
        wishes.clientAuthentication(want ? ClientAuthentication.WANT : ClientAuthentication.NONE);
    }

    @Override
    public boolean getWantClientAuth() {
        return wishes.clientAuthentication() == ClientAuthentication.WANT;
    }

    @Override
    public void setUseClientMode(boolean client) {
        wishes.role(client ? Role.CLIENT : Role.SERVER);
    }

    @Override
    public boolean getUseClientMode() {
        return wishes.role() == Role.CLIENT;
    }

    @Override
    public void setEnableSessionCreation(boolean enabled) {
        wishes.sessionCreation(enabled);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return wishes.sessionCreation();
    }
}
