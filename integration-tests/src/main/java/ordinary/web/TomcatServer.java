package ordinary.web;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;

/** Tomcat, with an RSA and an EC certificate on each port. */
public final class TomcatServer {

    private TomcatServer() {}

    public static void main(String... args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        Connector stranger = connector(Stores.given(), "none");
        Connector member = connector(Stores.given(), "required");
        tomcat.setConnector(stranger);
        tomcat.getService().addConnector(member);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "site", new SiteServlet()).addMapping("/");
        tomcat.start();
        Site.open(stranger.getLocalPort(), member.getLocalPort());
    }

    private static Connector connector(Stores stores, String clients) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.setProperty("address", "127.0.0.1");
        connector.addSslHostConfig(host(stores, clients));
        connector.addUpgradeProtocol(new Http2Protocol());
        return connector;
    }

    private static SSLHostConfig host(Stores stores, String clients) {
        SSLHostConfig host = new SSLHostConfig();
        host.setCertificateVerification(clients);
        host.setTruststoreFile(stores.trust());
        host.setTruststorePassword(stores.password());
        host.addCertificate(certificate(host, Type.RSA, stores.own(), stores.password()));
        host.addCertificate(certificate(host, Type.EC, stores.ownEc(), stores.password()));
        return host;
    }

    private static SSLHostConfigCertificate certificate(SSLHostConfig host, Type type, String file, String password) {
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, type);
        certificate.setCertificateKeystoreFile(file);
        certificate.setCertificateKeystorePassword(password);
        return certificate;
    }

    static final class SiteServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        public void init(ServletConfig config) {
            // A servlet by itself, with nothing to read there.
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Object shown = request.getAttribute("jakarta.servlet.request.X509Certificate");
            List<X509Certificate> chain = shown == null ? List.of() : List.of((X509Certificate[]) shown);
            response.getWriter().write(Site.greeting(chain));
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().write(request.getInputStream().readAllBytes());
        }
    }
}
