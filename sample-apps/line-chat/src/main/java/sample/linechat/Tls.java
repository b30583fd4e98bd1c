package sample.linechat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The sockets of the two ends. */
final class Tls {

    private static final int BACKLOG = 50;

    private Tls() {}

    static SSLServerSocket listen(Options options) throws IOException, GeneralSecurityException {
        var factory = options.keyStore().isEmpty()
                ? SSLServerSocketFactory.getDefault()
                : context(options).getServerSocketFactory();
        return (SSLServerSocket) factory.createServerSocket(options.port(), BACKLOG, InetAddress.getLoopbackAddress());
    }

    private static SSLContext context(Options options) throws IOException, GeneralSecurityException {
        char[] password = options.password().toCharArray();
        KeyStore keyStore = KeyStore.getInstance(new File(options.keyStore()), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Connected and shaken hands with, so that a server we do not trust is an error here. */
    static SSLSocket connect(String host, int port) throws IOException {
        var socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket(host, port);
        try {
            // Without this the socket checks the certificate's chain, but not whose name it carries.
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
