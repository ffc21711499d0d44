using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CrRegistry.Completers;

/// <summary>Completes the known region IDs of the service. Other region IDs are also accepted.</summary>
public sealed class RegionIdCompleter : IArgumentCompleter
{
    private static readonly string[] s_regions =
    [
        "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-3", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ap-southeast-8",
        "cn-beijing", "cn-beijing-finance-1", "cn-chengdu", "cn-fuzhou", "cn-guangzhou", "cn-hangzhou", "cn-hangzhou-finance", "cn-heyuan",
        "cn-heyuan-acdr-1", "cn-hongkong", "cn-huhehaote", "cn-nanjing", "cn-north-2-gov-1", "cn-qingdao", "cn-shanghai", "cn-shanghai-finance-1",
        "cn-shenzhen", "cn-shenzhen-finance-1", "cn-wuhan-lr", "cn-wulanchabu", "cn-wulanchabu-gic-1", "cn-zhangjiakou", "cn-zhengzhou-jva",
        "cn-zhongwei", "eu-central-1", "eu-west-1", "eu-west-2", "me-central-1", "me-east-1", "na-south-1", "us-east-1", "us-southeast-1", "us-west-1",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        var pattern = new WildcardPattern(WildcardPattern.Escape(typed) + "*", WildcardOptions.IgnoreCase);
        return s_regions.Where(pattern.IsMatch).Select(region => new CompletionResult(region));
    }
}
