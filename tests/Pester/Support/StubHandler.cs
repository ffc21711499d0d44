// Compiled by Add-Type, which supports only C# 5 in Windows PowerShell 5.1.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CrRegistry.Stub
{
    /// <summary>One row of a repository's list, with the fields of the service. A test may change or remove them.</summary>
    public sealed class StubRow
    {
        private const long NewestUpdate = 1572875608000;
        private const long SecondsBetweenRows = 60;

        public StubRow(int number)
        {
            var update = NewestUpdate - number * SecondsBetweenRows * 1000;
            var hex = number.ToString("x8", CultureInfo.InvariantCulture);
            Fields = new Dictionary<string, object>
            {
                { "Status", "NORMAL" },
                { "ImageCreate", (update - 36483000).ToString(CultureInfo.InvariantCulture) },
                { "ImageSize", 27107966L + number },
                { "Digest", hex + "12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d52" },
                { "ImageId", hex + "bf39c382e26a8607d057c27871de2118e163c1ecf48cc1ebf2a19468" },
                { "ImageUpdate", update.ToString(CultureInfo.InvariantCulture) },
                { "Tag", "v" + number.ToString(CultureInfo.InvariantCulture) },
            };
        }

        public Dictionary<string, object> Fields { get; private set; }

        internal bool IsNamed(string tag)
        {
            object name;
            return Fields.TryGetValue("Tag", out name) && tag.Equals(name);
        }

        internal string ToJson(bool bareNumbers)
        {
            return string.Join(",", Fields.Select(field => "\"" + field.Key + "\":" + Json(field.Key, field.Value, bareNumbers)));
        }

        private static string Json(string name, object value, bool bareNumbers)
        {
            long number;
            if (value == null) return "null";
            if (bareNumbers && name != "Tag" && value is string && long.TryParse((string)value, NumberStyles.None, CultureInfo.InvariantCulture, out number)) return (string)value;
            if (value is string) return "\"" + ((string)value).Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
            return Convert.ToString(value, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A repository of the stubbed service.</summary>
    public sealed class StubRepository
    {
        internal StubRepository(string instanceId, string fullName, string repoId, int tags)
        {
            InstanceId = instanceId;
            NamespaceName = fullName.Substring(0, fullName.IndexOf('/'));
            Name = fullName.Substring(fullName.IndexOf('/') + 1);
            RepoId = repoId;
            Rows = Enumerable.Range(0, tags).Select(number => new StubRow(number)).ToList();
            LargestPageSize = 100;
        }

        public string InstanceId { get; private set; }
        public string NamespaceName { get; private set; }
        public string Name { get; private set; }
        public string RepoId { get; set; }
        public long CreateTime { get; internal set; }
        public List<StubRow> Rows { get; private set; }

        /// <summary>The largest number of rows on a page. The reply contains it as PageSize.</summary>
        public int LargestPageSize { get; set; }

        /// <summary>The TotalCount of a reply, as JSON; empty for the correct number.</summary>
        public string TotalCountJson { get; set; }

        public bool HasNoTotalCount { get; set; }

        /// <summary>True if times and TotalCount are numbers without quotes, as in the documented sample.</summary>
        public bool BareNumbers { get; set; }
    }

    /// <summary>A request as the service received it.</summary>
    public sealed class StubRequest
    {
        public string Action { get; internal set; }
        public string Method { get; internal set; }
        public Uri Address { get; internal set; }
        public Dictionary<string, string> Query { get; internal set; }
        public Dictionary<string, string> Headers { get; internal set; }

        public string Authorization { get { return Header("Authorization"); } }

        internal string Header(string name)
        {
            string value;
            return Headers.TryGetValue(name, out value) ? value : null;
        }

        internal string Parameter(string name)
        {
            string value;
            return Query.TryGetValue(name, out value) ? value : null;
        }

        internal int Number(string name)
        {
            return int.Parse(Parameter(name), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>
    /// A minimal Container Registry for these tests, which replaces the network. It contains repositories and returns their tags.
    /// Replies can be replaced and held. It records the requests.
    /// </summary>
    public sealed class StubHandler : HttpMessageHandler
    {
        private const string RequestId = "031572FA-7D8F-4C05-B790-1071E0E05DE6";

        /// <summary>Long enough for any computer. A test that reaches this timeout has failed.</summary>
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly object _lock = new object();
        private readonly List<StubRequest> _requests = new List<StubRequest>();
        private readonly List<StubRepository> _repositories = new List<StubRepository>();
        private readonly List<Rule> _rules = new List<Rule>();
        private TaskCompletionSource<bool> _released = new TaskCompletionSource<bool>();
        private int _inFlight;
        private int _mostInFlight;
        private int _cancelled;

        public StubRepository AddRepository(string instanceId, string fullName, string repoId, int tags)
        {
            var repository = new StubRepository(instanceId, fullName, repoId, tags);
            lock (_lock)
            {
                // One after another, because no two repositories of an instance have the same creation time.
                repository.CreateTime = 1572839125000 + _repositories.Count;
                _repositories.Add(repository);
            }

            return repository;
        }

        /// <summary>The first repository. Most tests need no other one.</summary>
        public StubRepository Repository
        {
            get { lock (_lock) return _repositories[0]; }
        }

        /// <summary>The value of the header with the request ID, if it differs from the usual one.</summary>
        public string RequestIdHeader { get; set; }

        /// <summary>Sets a fixed reply to a page of an operation, or to every page if <paramref name="pageNo"/> is 0.</summary>
        public void Answer(string action, int pageNo, int status, string contentType, string body)
        {
            lock (_lock) _rules.Add(new Rule { Action = action, PageNo = pageNo, Status = status, ContentType = contentType, Body = body });
        }

        /// <summary>Breaks the connection at a page of an operation, or at every page if <paramref name="pageNo"/> is 0.</summary>
        public void Break(string action, int pageNo)
        {
            lock (_lock) _rules.Add(new Rule { Action = action, PageNo = pageNo, IsBroken = true });
        }

        /// <summary>Holds the replies to an operation, from a page on, until <see cref="Release"/>.</summary>
        public void Hold(string action, int fromPage)
        {
            Hold(action, fromPage, int.MaxValue);
        }

        /// <summary>Holds the replies to an operation, for some pages, until <see cref="Release"/>.</summary>
        public void Hold(string action, int fromPage, int toPage)
        {
            lock (_lock) _rules.Add(new Rule { Action = action, PageNo = fromPage, ToPage = toPage, IsHeld = true });
        }

        public void Release()
        {
            lock (_lock)
            {
                _rules.RemoveAll(rule => rule.IsHeld);
                _released.TrySetResult(true);
                _released = new TaskCompletionSource<bool>();
            }
        }

        /// <summary>True if a held reply stays held even if the caller cancels the request or its timeout ends.</summary>
        public bool IsDeaf { get; set; }

        /// <summary>All requests so far, in the order in which they were received.</summary>
        public StubRequest[] Requests
        {
            get { lock (_lock) return _requests.ToArray(); }
        }

        public StubRequest[] RequestsOf(string action)
        {
            lock (_lock) return _requests.Where(request => request.Action == action).ToArray();
        }

        public int MostInFlight
        {
            get { lock (_lock) return _mostInFlight; }
        }

        /// <summary>The number of requests that the caller canceled while their replies were held.</summary>
        public int Cancelled
        {
            get { lock (_lock) return _cancelled; }
        }

        public void WaitForRequests(int count)
        {
            Until(() => _requests.Count >= count, "requests", count);
        }

        public void WaitForCancelled(int count)
        {
            Until(() => _cancelled >= count, "cancelled requests", count);
        }

        public void Forget()
        {
            lock (_lock) _requests.Clear();
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
        {
            var request = Read(message);
            Task held;
            Rule rule;
            lock (_lock)
            {
                _requests.Add(request);
                _mostInFlight = Math.Max(_mostInFlight, ++_inFlight);
                held = _rules.Any(candidate => candidate.IsHeld && candidate.Action == request.Action && PageOf(request) >= candidate.PageNo && PageOf(request) <= candidate.ToPage) ? _released.Task : null;
                rule = _rules.FirstOrDefault(candidate => !candidate.IsHeld && candidate.Suits(request.Action, PageOf(request)));
                Monitor.PulseAll(_lock);
            }

            try
            {
                if (held != null) await (IsDeaf ? held : Task.WhenAny(held, Task.Delay(Timeout.Infinite, cancellationToken))).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (rule != null && rule.IsBroken) throw new HttpRequestException("The stub broke the connection.");
                var reply = rule != null ? NewReply(rule.Status, rule.ContentType, rule.Body) : Serve(request);
                reply.Headers.TryAddWithoutValidation("x-acs-request-id", RequestIdHeader ?? RequestId);
                return reply;
            }
            catch (OperationCanceledException)
            {
                lock (_lock) _cancelled++;
                throw;
            }
            finally
            {
                lock (_lock)
                {
                    _inFlight--;
                    Monitor.PulseAll(_lock);
                }
            }
        }

        private static StubRequest Read(HttpRequestMessage message)
        {
            var request = new StubRequest
            {
                Method = message.Method.Method,
                Address = message.RequestUri,
                Headers = message.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase),
                Query = message.RequestUri.Query.TrimStart('?').Split(new[] { '&' }, StringSplitOptions.RemoveEmptyEntries)
                    .Select(pair => pair.Split(new[] { '=' }, 2))
                    .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1])),
            };
            request.Action = request.Header("x-acs-action");
            return request;
        }

        private static int PageOf(StubRequest request)
        {
            return request.Parameter("PageNo") == null ? 0 : request.Number("PageNo");
        }

        private HttpResponseMessage Serve(StubRequest request)
        {
            lock (_lock)
            {
                var ofInstance = _repositories.Where(candidate => candidate.InstanceId == request.Parameter("InstanceId")).ToList();
                if (ofInstance.Count == 0) return Reject("INSTANCE_NOT_EXIST");
                if (request.Action == "ListRepository") return NewReply(ListRepository(ofInstance, request));
                var repository = request.Parameter("RepoId") == null
                    ? ofInstance.Find(candidate => candidate.NamespaceName == request.Parameter("RepoNamespaceName") && candidate.Name == request.Parameter("RepoName"))
                    : ofInstance.Find(candidate => candidate.RepoId == request.Parameter("RepoId"));
                if (repository == null) return Reject("REPO_NOT_EXIST");
                switch (request.Action)
                {
                    case "GetRepository": return NewReply(GetRepository(repository));
                    case "ListRepoTag": return NewReply(ListRepoTag(repository, request.Number("PageNo"), request.Number("PageSize")));
                    case "GetRepoTag":
                        var row = repository.Rows.Find(candidate => candidate.IsNamed(request.Parameter("Tag")));
                        // GetRepoTag always returns its times as numbers.
                        return row == null ? Reject("TAG_NOT_EXIST") : NewReply("{" + Envelope + "," + row.ToJson(true) + "}");
                    default: return NewReply(404, "application/json", "{\"RequestId\":\"" + RequestId + "\",\"Code\":\"InvalidAction.NotFound\",\"Message\":\"The specified action is not found.\"}");
                }
            }
        }

        private static string Envelope
        {
            get { return "\"IsSuccess\":true,\"Code\":\"success\",\"RequestId\":\"" + RequestId + "\""; }
        }

        private static string GetRepository(StubRepository repository)
        {
            return "{" + Envelope + "," + FieldsOf(repository) + ",\"Detail\":\"\"}";
        }

        private static string FieldsOf(StubRepository repository)
        {
            return "\"RepoId\":\"" + repository.RepoId + "\",\"RepoName\":\"" + repository.Name + "\",\"RepoNamespaceName\":\"" + repository.NamespaceName
                + "\",\"RepoStatus\":\"NORMAL\",\"RepoType\":\"PRIVATE\",\"RepoBuildType\":\"MANUAL\",\"TagImmutability\":false,\"CreateTime\":" + repository.CreateTime.ToString(CultureInfo.InvariantCulture) + ",\"ModifiedTime\":1572839125000,\"InstanceId\":\"" + repository.InstanceId + "\"";
        }

        private static string ListRepository(List<StubRepository> all, StubRequest request)
        {
            var named = all.FindAll(candidate => request.Parameter("RepoNamespaceName") == null || request.Parameter("RepoNamespaceName") == candidate.NamespaceName);
            var size = request.Number("PageSize");
            var rows = named.Skip((int)Math.Min(int.MaxValue, (request.Number("PageNo") - 1L) * size)).Take(size);
            return "{" + Envelope + ",\"PageNo\":" + request.Number("PageNo") + ",\"PageSize\":" + size + ",\"TotalCount\":\"" + named.Count.ToString(CultureInfo.InvariantCulture)
                + "\",\"Repositories\":[" + string.Join(",", rows.Select(repository => "{" + FieldsOf(repository) + "}")) + "]}";
        }

        private static string ListRepoTag(StubRepository repository, int pageNo, int pageSize)
        {
            var size = Math.Min(pageSize, repository.LargestPageSize);
            var rows = repository.Rows.Skip((int)Math.Min(int.MaxValue, (pageNo - 1L) * size)).Take(size);
            var count = repository.Rows.Count.ToString(CultureInfo.InvariantCulture);
            var total = !string.IsNullOrEmpty(repository.TotalCountJson) ? repository.TotalCountJson : repository.BareNumbers ? count : "\"" + count + "\"";
            return "{" + Envelope + ",\"PageNo\":" + pageNo + ",\"PageSize\":" + size + (repository.HasNoTotalCount ? "" : ",\"TotalCount\":" + total)
                + ",\"Images\":[" + string.Join(",", rows.Select(row => "{" + row.ToJson(repository.BareNumbers) + "}")) + "]}";
        }

        private static HttpResponseMessage Reject(string code)
        {
            return NewReply("{\"IsSuccess\":false,\"Code\":\"" + code + "\",\"RequestId\":\"" + RequestId + "\"}");
        }

        private static HttpResponseMessage NewReply(string body)
        {
            return NewReply(200, "application/json", body);
        }

        private static HttpResponseMessage NewReply(int status, string contentType, string body)
        {
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        }

        private void Until(Func<bool> condition, string what, int count)
        {
            var end = DateTime.UtcNow + Patience;
            lock (_lock)
            {
                while (!condition())
                {
                    var left = end - DateTime.UtcNow;
                    if (left <= TimeSpan.Zero || !Monitor.Wait(_lock, left))
                        throw new TimeoutException("The stub waited in vain for " + count + " " + what + "; it has " + _requests.Count + " requests.");
                }
            }
        }

        private sealed class Rule
        {
            public string Action;
            public int PageNo;
            public int Status;
            public string ContentType;
            public string Body;
            public bool IsBroken;
            public bool IsHeld;
            public int ToPage;

            public bool Suits(string action, int pageNo)
            {
                return Action == action && (PageNo == 0 || PageNo == pageNo);
            }
        }
    }
}
